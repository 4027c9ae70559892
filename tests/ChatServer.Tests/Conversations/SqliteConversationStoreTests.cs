using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Sqlite;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.Conversations;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

public sealed class SqliteConversationStoreTests : ConversationStoreSpecification
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogWatcher _log = new();
    private SqliteDatabase? _database;

    [Fact]
    public async Task Reopen_AfterClosing_FindsEverything()
    {
        var before = await FillAsync();
        await _database!.DisposeAsync();

        await AssertFoundAsync(_folder.File("copilot.db"), before);
    }

    /// <summary>The files as they lie there while the process lives: all that <c>kill -9</c> leaves behind.</summary>
    [Fact]
    public async Task Reopen_FromFilesOfALivingProcess_FindsEverything()
    {
        var before = await FillAsync();
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(_folder.Path))
        {
            File.Copy(file, copy.File(Path.GetFileName(file)));
        }

        await AssertFoundAsync(copy.File("copilot.db"), before);
    }

    protected override Task<IConversationStore> CreateStoreAsync(IConversationFeed feed, TimeProvider clock)
    {
        _database = ChatDatabase.Open(_folder.File("copilot.db"), _log.For<SqliteDatabase>());
        return Task.FromResult<IConversationStore>(new SqliteConversationStore(_database, feed, clock));
    }

    protected override async ValueTask ReleaseStoreAsync()
    {
        await _database!.DisposeAsync();
        _folder.Dispose();
        _log.Dispose();
    }

    private async Task<Conversation> FillAsync()
    {
        var agent = new AgentInfo("agent", "Grace");
        await Store.CreateAsync(new NewConversation("c", "demo", "contact", new CustomerInfo("customer", Verified: true, "Ada"), "m1", "Hello")).Within();
        await Store.ApplyAsync(new ConversationChange(
            "c", "contact:1:agent_joined", 1, ContactStates.Active, agent, KeepsAgent: false, EventCodes.AgentJoined, new Dictionary<string, string>())).Within();
        var note = new AppendCommand("c", new Participant("agent", Roles.Agent, "Grace"), "n1", EntryKinds.Note, Audiences.Agents, "a note");
        Assert.True((await Store.AppendAsync(note).Within()).IsAccepted);
        await Store.MarkReadAsync("c", note.Author, 3).Within();
        return (await Store.FindAsync("c").Within())!;
    }

    private async Task AssertFoundAsync(string path, Conversation before)
    {
        await using var database = ChatDatabase.Open(path, _log.For<SqliteDatabase>());
        var store = new SqliteConversationStore(database, new RecordingFeed(), Clock);

        Assert.Equal(before, await store.FindAsync("c").Within());
        var agent = new Participant("agent", Roles.Agent, "Grace");
        var joined = (await store.JoinAsync(new JoinCommand("c", agent, before.Epoch, 1, "m1", 10)).Within()).Value;
        Assert.False(joined.Reset);
        Assert.Equal(["agent_joined", "a note"], joined.Messages.Select(entry => entry.Text));
        Assert.Equal(3, joined.ReadBy["agent"]);
        var again = await store.AppendAsync(new AppendCommand("c", agent, "n1", EntryKinds.Note, Audiences.Agents, "a note")).Within();
        Assert.Equal((3L, true), (again.Value.Seq, again.Value.Duplicate));
    }
}
