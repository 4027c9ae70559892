using System.Globalization;
using System.Net.Sockets;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Contracts;
using CoPilot.Realtime;
using CoPilot.Specifications.Conversations;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Conversations.RedisConversationTalk;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>Two nodes on one Redis, and what only this engine has to get right.</summary>
public sealed class RedisConversationNodesTests : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordingFeed _feedOfOne = new();
    private readonly RecordingFeed _feedOfTwo = new();
    private RedisServer _redis = null!;
    private RedisConversationNode _one = null!;
    private RedisConversationNode _two = null!;
    private RedisConversationTalk _atOne = null!;
    private RedisConversationTalk _atTwo = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartDurableAsync();
        _one = await RedisConversationNode.StartAsync(_redis.Configuration, "test", _feedOfOne, _log, _clock, name: "one");
        _two = await RedisConversationNode.StartAsync(_redis.Configuration, "test", _feedOfTwo, _log, _clock, name: "two");
        (_atOne, _atTwo) = (new RedisConversationTalk(_one.Store), new RedisConversationTalk(_two.Store));
        await _atOne.OpenServedAsync("c");
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        await _redis.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Append_AtOneNode_IsAnnouncedInOrderAtTheOneThatListens()
    {
        await JoinAsync(_two, Customer);
        for (var i = 0; i < 100; i++)
        {
            await _atOne.SayAsync("c", Agent, Id(i));
        }

        await HearAllAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(Id), _feedOfTwo.Entries.Select(entry => entry.MessageId));
        Assert.Equal(Enumerable.Range(2, 100).Select(seq => (long)seq), _feedOfTwo.Entries.Select(entry => entry.Seq));
        Assert.Equal(Agent.ToAuthor(), _feedOfTwo.Entries[0].Author);
        Assert.Empty(_feedOfOne.Announcements);
    }

    [Fact]
    public async Task Append_FromBothNodesAtOnce_IsDenseAndHeardAlike()
    {
        await JoinAsync(_one, Agent);
        await JoinAsync(_two, Customer);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            var (talk, author) = writer % 2 == 0 ? (_atOne, Agent) : (_atTwo, Customer);
            for (var i = 0; i < 50; i++)
            {
                await talk.SayAsync("c", author, $"{writer}-{i}");
            }
        })).Within();

        await HearAllAsync();
        var log = (await _atOne.ReadAsync("c", Agent)).Skip(1).Select(entry => (entry.Seq, entry.MessageId)).ToList();
        Assert.Equal(Enumerable.Range(2, 400).Select(seq => (long)seq), log.Select(entry => entry.Seq));
        Assert.Equal(log, _feedOfOne.Entries.Select(entry => (entry.Seq, entry.MessageId)));
        Assert.Equal(log, _feedOfTwo.Entries.Select(entry => (entry.Seq, entry.MessageId)));
    }

    [Fact]
    public async Task Append_SameIdAtBothNodesAtOnce_IsAddedOnce()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _atOne : _atTwo).SayAsync("c", Customer, "m1")));

        Assert.Single(results, result => !result.Duplicate);
        Assert.All(results, result => Assert.Equal(2, result.Seq));
    }

    [Fact]
    public async Task Join_Member_RegistersTheNodeUntilItLeaves()
    {
        Assert.Empty(await _one.RegisteredAsync("c"));
        await JoinAsync(_one, Agent);
        await JoinAsync(_two, Customer);
        Assert.Equal(new[] { _one.Bus.NodeId, _two.Bus.NodeId }.Order(), (await _one.RegisteredAsync("c")).Order());

        await _two.Store.LeaveAsync("c").Within();
        await _atOne.SayAsync("c", Agent, "m1");

        await HearAllAsync();
        Assert.Equal([_one.Bus.NodeId], await _one.RegisteredAsync("c"));
        Assert.Single(_feedOfOne.Entries);
        Assert.Empty(_feedOfTwo.Announcements);
    }

    [Fact]
    public async Task Join_Refused_RegistersNobody()
    {
        Assert.Equal(ErrorCodes.NotFound, (await _two.Store.JoinAsync(new JoinCommand("c", OtherAgent, null, 0, null, 10)).Within()).Refusal?.Code);
        Assert.Equal(ErrorCodes.NotFound, (await _two.Store.JoinAsync(new JoinCommand("unknown", Customer, null, 0, null, 10)).Within()).Refusal?.Code);

        Assert.Empty(await _two.RegisteredAsync("c"));
        Assert.Empty(await _two.RegisteredAsync("unknown"));
    }

    [Fact]
    public async Task Append_ToADeadNode_ForgetsItAndNobodyElse()
    {
        await Eventually.TrueAsync(() => _one.Bus.IsAlive(_two.Bus.NodeId));
        await JoinAsync(_two, Customer);
        await _one.RegisterAsync("c", "gone:1", _clock.GetUtcNow());

        // A node that registered a moment ago may be one that had only been taken for dead.
        await _atOne.SayAsync("c", Agent, "m1");
        Assert.Contains("gone:1", await _one.RegisteredAsync("c"));
        await Eventually.TrueAsync(() => !_one.Bus.IsAlive("gone:1"));
        await _atOne.SayAsync("c", Agent, "m2");
        Assert.Contains("gone:1", await _one.RegisteredAsync("c"));

        _clock.Advance(TimeSpan.FromSeconds(61));
        await _atOne.SayAsync("c", Agent, "m3");
        Assert.Equal([_two.Bus.NodeId], await _one.RegisteredAsync("c"));
        await _two.HearAllAsync("c");
        Assert.Equal(["m1", "m2", "m3"], _feedOfTwo.Entries.Select(entry => entry.MessageId));
    }

    [Fact]
    public async Task Stop_WithConversationsLeft_LeavesThem()
    {
        var subscriptions = new ConversationSubscriptions();
        await using var stopping = await RedisConversationNode.StartAsync(
            _redis.Configuration, "test", new RecordingFeed(), _log, _clock, subscriptions, "stopping");
        subscriptions.Open("phone");
        subscriptions.Subscribe("c", "phone", Customer);
        await JoinAsync(stopping, Customer);
        await JoinAsync(_two, Customer);

        await stopping.StopAsync();

        Assert.Equal([_two.Bus.NodeId], await _one.RegisteredAsync("c"));
    }

    [Fact]
    public async Task Append_FunctionsForgotten_GoesOn()
    {
        await _atOne.SayAsync("c", Agent, "m1");
        await _redis.CommandAsync("FUNCTION", "FLUSH");

        Assert.Equal(3, (await _atOne.SayAsync("c", Agent, "m2")).Seq);
    }

    [Fact]
    public async Task Append_OutcomeUnknown_IsThereOnceWhenRepeated()
    {
        _log.Expect("cannot reach Redis");
        _log.Expect("is out of reach");
        await _atOne.SayAsync("c", Agent, "m1");
        _redis.Freeze();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _one.Store.AppendAsync(Message("c", Agent, "m2"))).Within();
        _redis.Thaw();

        // Whether Redis still finds the first one in its socket depends on who closed it; the sender cannot know either.
        await SayUntilAnsweredAsync(_one, "m2").Within();
        Assert.Equal(["agent_joined", "text of m1", "text of m2"], (await _atOne.ReadAsync("c", Agent)).Select(entry => entry.Text));
    }

    [Fact]
    public async Task Append_RedisKilledMeanwhile_LosesAndDoublesNothing()
    {
        _log.Expect("cannot reach Redis");
        _log.Expect("is out of reach");
        const int Count = 60;
        for (var i = 0; i < Count; i++)
        {
            var answered = SayUntilAnsweredAsync(_one, Id(i));
            if (i == Count / 2)
            {
                await _redis.KillHardAsync();
                await _redis.StartAgainAsync();
            }

            await answered.Within();
        }

        var log = await _atTwo.ReadAsync("c", Agent);
        Assert.Equal(Enumerable.Range(1, Count + 1).Select(seq => (long)seq), log.Select(entry => entry.Seq));
        Assert.Equal(Enumerable.Range(0, Count).Select(Id), log.Skip(1).Select(entry => entry.MessageId));
    }

    [Fact]
    public async Task Append_ToManyListeners_IsOneRoundTrip()
    {
        await JoinAsync(_one, Agent);
        await JoinAsync(_two, Customer);
        await _atOne.SayAsync("c", Agent, "m0");
        using var monitor = new TcpClient();
        await monitor.ConnectAsync("127.0.0.1", _redis.Port);
        using var lines = new StreamReader(monitor.GetStream());
        await monitor.GetStream().WriteAsync("MONITOR\r\n"u8.ToArray());
        Assert.Equal("+OK", await lines.ReadLineAsync().Within());

        for (var i = 1; i <= 10; i++)
        {
            await _atOne.SayAsync("c", Agent, "m" + Id(i));
        }

        await _redis.CommandAsync("ECHO", "that is all");
        var sent = new List<string>();
        while (await lines.ReadLineAsync().Within() is { } line && !line.Contains("that is all", StringComparison.Ordinal))
        {
            if (line.Contains("{c}", StringComparison.Ordinal) && !line.Contains(" lua]", StringComparison.Ordinal))
            {
                sent.Add(line);
            }
        }

        Assert.Equal(10, sent.Count);
        Assert.All(sent, line => Assert.Contains("\"FCALL\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_ShortestHead_IsATableFromTheStart() =>
        Assert.Equal("hashtable", (string?)await _one.Redis.ExecuteAsync("OBJECT", "ENCODING", "test:{c}:conversation:head").Within());

    [Fact]
    public async Task Join_NearTheEndOfALongLog_ReadsNoMoreThanItsPage()
    {
        var epoch = (await _one.Store.FindAsync("c").Within())!.Epoch;

        // In waves: of all at once the last would wait for a command's whole time-out on a busy machine.
        foreach (var wave in Enumerable.Range(0, 3_000).Chunk(100))
        {
            await Task.WhenAll(wave.Select(i => _atOne.SayAsync("c", Agent, Id(i))));
        }

        await _redis.CommandAsync("CONFIG", "RESETSTAT");

        var joined = (await _two.Store.JoinAsync(new JoinCommand("c", Customer, epoch, 2_990, null, 500)).Within()).Value;

        Assert.Equal(Enumerable.Range(2_991, 11).Select(seq => (long)seq), joined.Messages.Select(entry => entry.Seq));
        Assert.StartsWith("calls=2,", await _redis.InfoAsync("cmdstat_xrange"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_PageOfNotesOnly_ReadsOnToWhatTheCustomerSees()
    {
        for (var i = 0; i < 25; i++)
        {
            await _atOne.NoteAsync("c", Agent, Id(i));
        }

        await _atOne.SayAsync("c", Agent, "m1");

        var joined = (await _two.Store.JoinAsync(new JoinCommand("c", Customer, null, 0, null, 2)).Within()).Value;
        Assert.Equal([1L, 27L], joined.Messages.Select(entry => entry.Seq));
        Assert.False(joined.HasMore);
    }

    private static string Id(int i) => i.ToString(CultureInfo.InvariantCulture);

    private static async Task JoinAsync(RedisConversationNode node, Participant participant) =>
        Assert.True((await node.Store.JoinAsync(new JoinCommand("c", participant, null, 0, null, 500)).Within()).IsAccepted);

    private static async Task SayUntilAnsweredAsync(RedisConversationNode node, string messageId) =>
        Assert.True((await RedisCalls.UntilAvailableAsync(() => node.Store.AppendAsync(Message("c", Agent, messageId)))).IsAccepted);

    private async Task HearAllAsync()
    {
        await _one.HearAllAsync("c");
        await _two.HearAllAsync("c");
    }
}
