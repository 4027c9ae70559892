using System.Diagnostics;
using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>
/// Conversations of two, in which both talk by turns at a rate of all together that does not ask whether the system keeps up. Steps: <c>ack</c>, from when a message was to be sent until its sender knows
/// that it is accepted; <c>delivery</c>, until the other has it; <c>start</c>, <c>wait</c> (until an agent is there) and <c>end</c> of conversations, where the system has such things. With <c>--kill redis</c> Redis dies in the middle
/// of it and comes back <c>--away</c> later.
/// </summary>
internal sealed class ChatScenario : IScenario
{
    private const string NoKill = "nothing";

    /// <summary>
    /// Of the warm-up the rate rises over this share, from a tenth. A server that has just started compiles its code beside the load for 10 to 25 seconds on two cores; under all of the rate at once it was more than ten
    /// seconds behind by then, and what was measured next was how it caught up.
    /// </summary>
    private const double RampShare = 2.0 / 3;

    private const double FirstShare = 0.1;

    private static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly int _conversations;
    private readonly int _capacity;
    private readonly int _queues;
    private readonly double _rate;
    private readonly double _renewals;
    private readonly TalkOptions _talk;
    private readonly TimeSpan _warmUp;
    private readonly TimeSpan _duration;
    private readonly RedisKilled? _kill;
    private ITalkSystem? _system;
    private TalkTally? _tally;
    private int _turn;

    public ChatScenario(ScenarioOptions options)
    {
        _conversations = options.Count("conversations", 500);
        _capacity = Math.Clamp(options.Count("capacity", 5), 1, 100);
        _queues = options.Count("queues", 4);
        _rate = options.Number("rate", 1_000);
        _renewals = options.Number("renewals", 0);
        _warmUp = options.Time("warm-up", TimeSpan.FromSeconds(30));
        _duration = options.Time("duration", TimeSpan.FromSeconds(30));
        _kill = ReadKill(options.Text("kill", NoKill), new RedisKilled(_duration / 2, options.Time("away", TimeSpan.FromSeconds(3))));
        _talk = TalkOptions.From(options) with { RepeatsUntilAcknowledged = _kill is not null };
        if (_kill is not null && _renewals > 0)
        {
            throw new UsageException("While Redis is away no conversation ends or begins: --renewals or --kill, not both.");
        }

        if (_conversations % _queues != 0)
        {
            throw new UsageException($"--conversations must be a multiple of --queues ({_queues}), so that each queue has as many.");
        }
    }

    public string Name => "chat";

    public string What => "Customers start chats, agents take them, both talk at a given rate; --renewals ends that many a second and starts new ones, --kill redis kills Redis in the middle.";

    public ScenarioNeeds Needs => new()
    {
        Queues = _queues,
        Agents = _queues * AgentsOfQueue,
        AgentCapacity = _capacity,
        Connections = _conversations + (_queues * AgentsOfQueue),
    };

    public IReadOnlyList<Phase> Phases =>
    [
        new Phase("ramp", new RampingInject(_rate * FirstShare, _rate, _warmUp * RampShare), IsMeasured: false),
        new Phase("warm-up", new Inject(_rate, _warmUp * (1 - RampShare)), IsMeasured: false),
        new Phase("talk", new Inject(_rate, _duration), IsMeasured: true) { Disturbance = _kill },
    ];

    public IReadOnlyList<Threshold> Thresholds => [new("ack", ThresholdMeasure.FailedShare, 0)];

    private int AgentsOfQueue => ((_conversations / _queues) + _capacity - 1) / _capacity;

    public async Task PrepareAsync(WorkerContext worker)
    {
        var own = worker.ShareOf(_conversations);
        _tally = new TalkTally(worker, own, keepsAcknowledged: _kill is not null);
        _system = TalkSystems.Make(worker, _tally, _talk, own, AgentsOfQueue * _queues / worker.Count);
        await _system.PrepareAsync(worker.Stop);
    }

    public async Task RunAsync(Phase phase, WorkerContext worker)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(worker.Stop);
        var renewing = RenewAsync(worker, over.Token);
        await worker.RunLoadAsync(phase.Simulation, SayNextAsync);
        await over.CancelAsync();
        await renewing;
    }

    public async Task<Correctness> CheckAsync(WorkerContext worker)
    {
        var since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        while (!_tally!.IsComplete && Stopwatch.GetElapsedTime(since) < HeardWithin)
        {
            await timer.WaitForNextTickAsync(worker.Stop);
        }

        var found = _kill is null ? CountAll() : await TalkAftermath.CountAsync(worker, _system!, _tally);
        await _system!.DisposeAsync();
        return found;
    }

    private Correctness CountAll()
    {
        var (said, heard, doubled, reordered) = _tally!.Ledger.Count();
        return new Correctness(said, heard, said - heard, doubled, reordered, [], 0);
    }

    private static RedisKilled? ReadKill(string what, RedisKilled kill) => what switch
    {
        NoKill => null,
        "redis" => kill,
        _ => throw new UsageException($"--kill is redis or {NoKill}, not \"{what}\"."),
    };

    /// <summary>One conversation after the other, and each side by turns.</summary>
    private ValueTask SayNextAsync(long intended)
    {
        var turn = _turn++;
        var conversations = _tally!.Ledger.Conversations;
        var (conversation, side) = (turn % conversations, ((turn / conversations) + turn) & 1);
        for (var tries = 0; tries < conversations; tries++, conversation = (conversation + 1) % conversations)
        {
            if (_system!.IsOpen(conversation))
            {
                Say(_tally.Ledger.Say(conversation, side, intended), intended);
                break;
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Say(TalkText text, long intended)
    {
        if (_system is ILivelyTalkSystem lively && _talk.IsTypedBefore(text))
        {
            lively.ShowTyping(text.Conversation, text.Side, _tally!.TypingAnswer(intended));
        }

        _system!.Say(text, text.Write(_talk.Size), _tally!.Acknowledgement(text, intended));
    }

    private async Task RenewAsync(WorkerContext worker, CancellationToken over)
    {
        if (_renewals == 0 || _system is not ILivelyTalkSystem lively)
        {
            return;
        }

        var under = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(worker.Count / _renewals), TimeProvider.System);
        try
        {
            for (var next = 0; await timer.WaitForNextTickAsync(over); next = (next + 1) % _tally!.Ledger.Conversations)
            {
                under.RemoveAll(task => task.IsCompleted);
                under.Add(RenewAsync(worker, lively, next));
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The phase is over; what was begun is seen to its end.
        }

        await Task.WhenAll(under);
    }

    private static async Task RenewAsync(WorkerContext worker, ILivelyTalkSystem lively, int conversation)
    {
        try
        {
            await lively.RenewAsync(conversation, worker.Stop);
        }
#pragma warning disable CA1031 // It fails the run, which goes on to its end.
        catch (Exception error)
#pragma warning restore CA1031
        {
            worker.Failures.Add(error);
        }
    }
}
