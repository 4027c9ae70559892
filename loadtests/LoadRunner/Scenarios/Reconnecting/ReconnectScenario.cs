using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Scenarios.Connecting;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Reconnecting;

/// <summary>
/// A node, or with <c>--kill redis</c> Redis, dies while customers write. Those who were on it come back to the others, join their conversations again and send again what was not acknowledged. Steps: <c>back</c>, from the loss of the
/// connection until the conversation is joined again; <c>send</c>, from when a message was to be sent until it is acknowledged, the time without a connection included.
/// </summary>
internal sealed class ReconnectScenario : IScenario
{
    private const string Storm = "storm";
    private const int ComeAtOnce = 16;

    private static readonly TimeSpan KilledAfter = TimeSpan.FromSeconds(2);

    private readonly int _customers;
    private readonly double _rate;
    private readonly TimeSpan _calm;
    private readonly TimeSpan _storm;
    private readonly Disturbance _kill;
    private readonly HubDialect _dialect;
    private readonly List<ReturningCustomer> _people = [];
    private Places? _places;
    private int _turn;

    public ReconnectScenario(ScenarioOptions options)
    {
        _customers = options.CountFrom(1, "customers", 5_000);
        _rate = options.Number("rate", 200);
        _calm = options.Time("calm", TimeSpan.FromSeconds(10));
        _storm = options.Time("storm", TimeSpan.FromSeconds(30));
        _kill = ReadKill(options.Text("kill", "node"), options.Time("away", TimeSpan.FromSeconds(2)));
        _dialect = ProtocolOption.Read(options);
    }

    public string Name => "reconnect";

    public string What => "Reconnect storm: a node, or with --kill redis Redis, is killed while customers write; how long until they are back, and that nothing is lost.";

    public ScenarioNeeds Needs => new() { Connections = _customers };

    public IReadOnlyList<Phase> Phases =>
    [
        new("calm", new Inject(_rate, _calm), IsMeasured: false),
        new(Storm, new Inject(_rate, _storm), IsMeasured: true) { Disturbance = _kill, Patience = TimeSpan.FromMinutes(1) },
    ];

    public IReadOnlyList<Threshold> Thresholds => [new(ReturningCustomer.Send, ThresholdMeasure.FailedShare, 0)];

    public async Task PrepareAsync(WorkerContext worker)
    {
        if (_kill is NodeKilled && worker.Target.Nodes.Count < 2)
        {
            throw new UsageException("When the only node is killed nobody can come back: --nodes 2 or more.");
        }

        _places = Places.Open(worker, _customers, _dialect);
        _people.AddRange(Enumerable.Range(0, worker.ShareOf(_customers)).Select(number => new ReturningCustomer(worker, _places, number)));
        await Parallel.ForEachAsync(
            _people,
            new ParallelOptions { MaxDegreeOfParallelism = ComeAtOnce, CancellationToken = worker.Stop },
            async (person, _) => await person.ComeAsync());
    }

    public async Task RunAsync(Phase phase, WorkerContext worker)
    {
        await worker.RunLoadAsync(phase.Simulation, intended =>
        {
            _people[(int)((uint)Interlocked.Increment(ref _turn) % _people.Count)].Write(intended);
            return ValueTask.CompletedTask;
        });
        await Task.WhenAll(_people.Select(person => person.SettleAsync(phase.Patience / 2)));
    }

    /// <summary>Reads every conversation as its customer would, from the beginning.</summary>
    public async Task<Correctness> CheckAsync(WorkerContext worker)
    {
        var findings = new List<Correctness>();
        await Parallel.ForEachAsync(
            _people,
            new ParallelOptions { MaxDegreeOfParallelism = ComeAtOnce, CancellationToken = worker.Stop },
            async (person, _) =>
            {
                var found = await person.CheckAsync();
                lock (findings)
                {
                    findings.Add(found);
                }
            });
        await _places!.DisposeAsync();
        return new Correctness(
            findings.Sum(each => each.Sent), findings.Sum(each => each.Delivered), findings.Sum(each => each.Lost), findings.Sum(each => each.Doubled), findings.Sum(each => each.Reordered), [], 0);
    }

    public IReadOnlyList<Figure> Conclude(IReadOnlyList<PhaseResult> phases)
    {
        var back = phases.Single(phase => phase.Name == Storm).Steps.FirstOrDefault(step => step.Name == ReturningCustomer.Back);
        return back is null
            ? []
            :
            [
                new Figure("customers who lost their connection", back.Ok, ""),
                new Figure("until 99 % of them were back", back.P99Ms / 1_000, "s"),
                new Figure("until all of them were back", back.MaxMs / 1_000, "s"),
            ];
    }

    /// <param name="away">How long Redis is; a node stays away.</param>
    private static Disturbance ReadKill(string what, TimeSpan away) => what switch
    {
        "node" => new NodeKilled(KilledAfter),
        "redis" => new RedisKilled(KilledAfter, away),
        _ => throw new UsageException($"--kill is node or redis, not \"{what}\"."),
    };
}
