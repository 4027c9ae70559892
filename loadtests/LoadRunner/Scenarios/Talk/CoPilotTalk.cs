using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Scenarios.Reconnecting;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>
/// Customers who start chats and agents who take them. Each queue's customers are on one node and its agents on the next, so that every message goes over both; each worker has queues of its own.
/// </summary>
internal sealed class CoPilotTalk : ILivelyTalkSystem, IKeepingTalkSystem
{
    /// <summary>Enough to keep the server busy, few enough not to measure a storm.</summary>
    private const int StartedAtOnce = 16;

    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(60);

    private readonly WorkerContext _worker;
    private readonly TalkTally _tally;
    private readonly TalkOptions _options;
    private readonly StepMetrics _starts;
    private readonly StepMetrics _waits;
    private readonly StepMetrics _ends;
    private readonly StepMetrics _reads;
    private readonly ChatSlot[] _slots;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<LoadHub>> _meetings = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<LoadHub> _hubs = [];
    private readonly HubPings _pings = HubPings.Begin();
    private readonly HttpClient[] _http;
    private readonly string[] _queues;
    private PatientWriter[] _writers = [];

    public CoPilotTalk(WorkerContext worker, TalkTally tally, TalkOptions options, int conversations)
    {
        (_worker, _tally, _options) = (worker, tally, options);
        (_starts, _waits, _ends, _reads) = (worker.Step("start"), worker.Step("wait"), worker.Step("end"), worker.Step("read"));
        _slots = [.. Enumerable.Range(0, conversations).Select(_ => new ChatSlot())];
        _http = [.. worker.Target.Nodes.Select(node => new HttpClient { BaseAddress = node })];
        _queues = [.. worker.Target.Queues.Where((_, index) => index % worker.Count == worker.Index)];
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var agents = _worker.Target.Agents.Where(agent => _queues.Contains(agent.Queue)).ToList();
        await Parallel.ForEachAsync(agents, Bounded(cancellationToken), async (agent, stop) => await ConnectAgentAsync(agent, stop));
        await Parallel.ForAsync(0, _slots.Length, Bounded(cancellationToken), async (index, stop) =>
        {
            var slot = _slots[index];
            slot.Queue = index % _queues.Length;
            await ConnectCustomerAsync(slot, stop);
            await StartAsync(slot, stop);
        });
        if (_options.RepeatsUntilAcknowledged)
        {
            var again = _worker.Counter("sent again");
            _writers = [.. _slots.SelectMany(slot => (PatientWriter[])[new(slot.Customer!, again), new(slot.Agent!, again)])];
        }
    }

    public bool IsOpen(int conversation) => _slots[conversation].IsOpen;

    public void Say(TalkText text, string words, IAnswerReceiver answer)
    {
        var slot = _slots[text.Conversation];
        var request = new SendRequest(slot.ConversationId!, MessageId(text), words);
        if (_writers.Length > 0)
        {
            _writers[(text.Conversation * 2) + text.Side].Write(request, answer);
        }
        else
        {
            slot.Side(text.Side).Post(nameof(IChatHub.Send), request, answer);
        }
    }

    public void ShowTyping(int conversation, int side, IAnswerReceiver answer)
    {
        var slot = _slots[conversation];
        slot.Side(side).Post(nameof(IChatHub.SetTyping), new SetTypingRequest(slot.ConversationId!, true), answer);
    }

    public async Task RenewAsync(int conversation, CancellationToken cancellationToken)
    {
        var slot = _slots[conversation];
        slot.IsOpen = false;
        await _tally.Ledger.WaitUntilHeardAsync(conversation, cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        var ended = slot.ConversationId!;
        await slot.Agent!.CallAsync<Acknowledged>(nameof(IChatHub.EndChat), new EndChatRequest(ended)).WaitAsync(AnsweredWithin, cancellationToken);
        _ends.Ok(begun);
        await slot.Agent!.CallAsync<Acknowledged>(nameof(IChatHub.Leave), new LeaveRequest(ended)).WaitAsync(AnsweredWithin, cancellationToken);
        await slot.Customer!.CallAsync<Acknowledged>(nameof(IChatHub.Leave), new LeaveRequest(ended)).WaitAsync(AnsweredWithin, cancellationToken);
        await StartAsync(slot, cancellationToken);
    }

    public async Task ReadLogsAsync(TalkLedger log, CancellationToken cancellationToken)
    {
        await Task.WhenAll(_writers.Select(writer => writer.DisposeAsync().AsTask()));
        await Parallel.ForEachAsync(_slots, Bounded(cancellationToken), async (slot, stop) =>
        {
            try
            {
                var entries = await ConversationLog.ReadAsync(
                    slot.ConversationId!, request => slot.Customer!.CallAsync<JoinResult>(nameof(IChatHub.Join), request).WaitAsync(AnsweredWithin, stop));
                HearAll(log, entries);
            }
            catch (Exception error) when (Repeatable.IsOfConnection(error) || error is HubRefusalException)
            {
                Failed(error);
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _pings.DisposeAsync();
        foreach (var hub in _hubs)
        {
            hub.Dispose();
        }

        foreach (var http in _http)
        {
            http.Dispose();
        }
    }

    /// <summary>An agent is in the conversation; the customer, whose start has perhaps not been answered yet, waits for it.</summary>
    internal void Joined(string conversationId, LoadHub agent) => MeetingOf(conversationId).TrySetResult(agent);

    internal void Failed(Exception error) => _worker.Failures.Add(error);

    /// <summary>Null when it was ended on this side.</summary>
    internal void Ended(Exception? error)
    {
        if (error is not null)
        {
            Failed(error);
        }
    }

    /// <summary>Marks what was read, when that belongs to the run; nobody waits for the answer.</summary>
    internal void Hear(LoadHub hub, int side, ReadOnlySpan<byte> body)
    {
        if (_tally.Hear(side, body) is { } text && text.Side != side && _options.IsRead(text))
        {
            var message = hub.Dialect.Read<MessageEvent>(body);
            hub.Post(
                nameof(IChatHub.MarkRead), new MarkReadRequest(message.ConversationId, message.Message.Seq), new TimedAnswer(_reads, Stopwatch.GetTimestamp()));
        }
    }

    private static void HearAll(TalkLedger log, List<LogEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (TalkText.TryFind(Encoding.UTF8.GetBytes(entry.Text), out var text))
            {
                log.Hear(text);
            }
        }
    }

    /// <summary>Its own for each message, and the same when it is said again.</summary>
    private string MessageId(TalkText text) => string.Create(
        CultureInfo.InvariantCulture, $"{_worker.Index:x4}{text.Conversation:x8}{text.Side:x4}{text.Number:x16}");

    private async Task ConnectAgentAsync(AgentSignIn account, CancellationToken cancellationToken)
    {
        var node = (Array.IndexOf(_queues, account.Queue) + 1) % _http.Length;
        var signedIn = await new ServerApi(_http[node]).SignInAsync(new SignInRequest(account.Email, account.Password));
        var hub = await ConnectAsync(node, signedIn.Token, _options.AgentDialect, new TalkingAgent(this), cancellationToken);
        await hub.CallAsync<SetStatusResult>(nameof(IChatHub.SetStatus), new SetStatusRequest(AgentStatuses.Available)).WaitAsync(AnsweredWithin, cancellationToken);
    }

    private async Task ConnectCustomerAsync(ChatSlot slot, CancellationToken cancellationToken)
    {
        var node = slot.Queue % _http.Length;
        var token = await new ServerApi(_http[node]).CreateCustomerAsync(new CustomerTokenRequest(_worker.Target.Site));
        slot.Customer = await ConnectAsync(node, token.Token, _options.CustomerDialect, new TalkingCustomer(this), cancellationToken);
    }

    private async Task<LoadHub> ConnectAsync(int node, string token, HubDialect dialect, IHubReceiver receiver, CancellationToken cancellationToken)
    {
        var hub = await LoadHub.ConnectAsync(new Uri(_worker.Target.Nodes[node], "hubs/chat"), token, dialect, receiver, from: null, cancellationToken);
        _hubs.Add(hub);
        _pings.Add(hub);
        return hub;
    }

    private async Task StartAsync(ChatSlot slot, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var started = await slot.Customer!.CallAsync<StartChatResult>(
            nameof(IChatHub.StartChat), new StartChatRequest(Guid.CreateVersion7().ToString("N"), _queues[slot.Queue], "Good morning, where is my parcel?")).WaitAsync(AnsweredWithin, cancellationToken);
        _starts.Ok(begun);
        await slot.Customer!.CallAsync<JoinResult>(nameof(IChatHub.Join), new JoinRequest(started.ConversationId)).WaitAsync(AnsweredWithin, cancellationToken);
        slot.Agent = await MeetingOf(started.ConversationId).Task.WaitAsync(AnsweredWithin, cancellationToken);
        _meetings.TryRemove(started.ConversationId, out _);
        _waits.Ok(begun);
        slot.ConversationId = started.ConversationId;
        slot.IsOpen = true;
    }

    private TaskCompletionSource<LoadHub> MeetingOf(string conversationId) =>
        _meetings.GetOrAdd(conversationId, _ => new TaskCompletionSource<LoadHub>(TaskCreationOptions.RunContinuationsAsynchronously));

    private static ParallelOptions Bounded(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = StartedAtOnce, CancellationToken = cancellationToken };
}
