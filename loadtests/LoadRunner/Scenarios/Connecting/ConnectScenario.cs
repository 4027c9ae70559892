using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Connecting;

/// <summary>A connect storm: people come at a rate, whether those before them are there yet or not, and stay.</summary>
internal sealed class ConnectScenario : IScenario
{
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(5);

    private readonly int _connections;
    private readonly double _perSecond;
    private readonly HubDialect _dialect;
    private Crowd? _crowd;

    public ConnectScenario(ScenarioOptions options)
    {
        _connections = options.CountFrom(1, "connections", 5_000);
        _perSecond = options.NumberAbove(0, "per-second", 500);
        _dialect = ProtocolOption.Read(options);
    }

    public string Name => "connect";

    public string What => "Connect storm: people connect at a rate and stay; step connect is until the hub's handshake is answered.";

    public ScenarioNeeds Needs => new() { Connections = _connections };

    public IReadOnlyList<Phase> Phases =>
    [
        new("storm", new Inject(_perSecond, TimeSpan.FromSeconds(_connections / _perSecond)), IsMeasured: true),
        new("all connected", new Pause(Stay), IsMeasured: false),
    ];

    public IReadOnlyList<Threshold> Thresholds => [new(Crowd.StepName, ThresholdMeasure.FailedShare, 0)];

    public Task PrepareAsync(WorkerContext worker)
    {
        _crowd = new Crowd(worker, Entrances.Make(worker, _connections, _dialect));
        return _crowd.InviteAsync(worker.ShareOf(_connections));
    }

    public Task RunAsync(Phase phase, WorkerContext worker) => worker.RunLoadAsync(phase.Simulation, _crowd!.ConnectNextAsync);

    public Task<Correctness> CheckAsync(WorkerContext worker) => _crowd!.CountAndLeaveAsync();
}
