using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Conversations;

/// <summary>
/// What every engine of <see cref="IConversationStore"/> must do. One file per part of the contract; this one holds what they share.
/// </summary>
public abstract partial class ConversationStoreSpecification : IAsyncLifetime
{
    private const string Id = "conversation-1";

    private static readonly Participant Customer = new("customer-1", Roles.Customer, "Ada");

    private static readonly Participant Agent = new("agent-1", Roles.Agent, "Grace");

    private static readonly Participant OtherAgent = new("agent-2", Roles.Agent, "Edsger");

    private long _fence;

    protected RecordingFeed Feed { get; } = new();

    protected ManualTimeProvider Clock { get; } = new();

    protected IConversationStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateStoreAsync(Feed, Clock);

    public async ValueTask DisposeAsync()
    {
        await ReleaseStoreAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A store of its own for this test, with nothing in it.</summary>
    protected abstract Task<IConversationStore> CreateStoreAsync(IConversationFeed feed, TimeProvider clock);

    protected abstract ValueTask ReleaseStoreAsync();

    private static NewConversation New(string conversationId = Id, string? firstMessageId = null, string? firstText = null) => new(
        conversationId,
        "demo",
        "contact-1",
        new CustomerInfo(Customer.ParticipantId, Verified: false, Customer.Name, Answers: new Dictionary<string, string> { ["order"] = "12" }),
        firstMessageId,
        firstText);

    private Task<Conversation> OpenAsync() => Store.CreateAsync(New()).Within();

    /// <summary>The customer's conversation, served by <see cref="Agent"/>; its log holds one entry, the agent's arrival.</summary>
    private async Task OpenServedAsync()
    {
        await OpenAsync();
        Assert.True(await ServeAsync(Agent));
        Feed.Forget();
    }

    private Task<bool> ServeAsync(Participant? agent) => Store.ApplyAsync(Change(agent)).Within();

    private Task<bool> CloseAsync() => Store.ApplyAsync(Change(agent: null, EventCodes.Ended, ContactStates.Closed) with { KeepsAgent = true }).Within();

    private ConversationChange Change(Participant? agent, string? code = null, string? state = null)
    {
        var fence = ++_fence;
        code ??= agent is null ? EventCodes.AgentAway : EventCodes.AgentJoined;
        return new ConversationChange(
            Id,
            $"contact-1:{fence}:{code}",
            fence,
            state ?? (agent is null ? ContactStates.Waiting : ContactStates.Active),
            agent is null ? null : new AgentInfo(agent.ParticipantId, agent.Name!),
            KeepsAgent: false,
            code,
            new Dictionary<string, string> { ["reason"] = code });
    }

    private async Task<AppendResult> SayAsync(Participant author, string messageId, string? text = null)
    {
        var outcome = await AppendAsync(author, messageId, text);
        Assert.True(outcome.IsAccepted, outcome.Refusal?.Code);
        return outcome.Value;
    }

    private Task<Realtime.Outcomes.Outcome<AppendResult>> AppendAsync(Participant author, string messageId, string? text = null) =>
        Store.AppendAsync(new AppendCommand(Id, author, messageId, EntryKinds.Text, Audiences.All, text ?? "text of " + messageId)).Within();

    private async Task<AppendResult> NoteAsync(Participant author, string messageId) =>
        (await Store.AppendAsync(new AppendCommand(Id, author, messageId, EntryKinds.Note, Audiences.Agents, "note " + messageId)).Within()).Value;

    private async Task<JoinedConversation> JoinAsync(
        Participant participant, string? epoch = null, long afterSeq = 0, string? afterId = null, int pageSize = Limits.JoinPage)
    {
        var outcome = await Store.JoinAsync(new JoinCommand(Id, participant, epoch, afterSeq, afterId, pageSize)).Within();
        Assert.True(outcome.IsAccepted, outcome.Refusal?.Code);
        return outcome.Value;
    }

    private static List<long> Seqs(IEnumerable<LogEntry> entries) => [.. entries.Select(entry => entry.Seq)];
}
