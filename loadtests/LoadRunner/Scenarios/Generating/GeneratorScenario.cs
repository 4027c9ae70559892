using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Generating;

/// <summary>
/// Starts that do nothing, against no system: how late this machine's generator is at a rate, before anything is blamed on a server.
/// </summary>
internal sealed class GeneratorScenario(ScenarioOptions options) : IScenario
{
    private readonly double _perSecond = options.Number("per-second", 1_000);
    private readonly TimeSpan _warmUp = options.Time("warm-up", TimeSpan.FromSeconds(1));
    private readonly TimeSpan _during = options.Time("during", TimeSpan.FromSeconds(5));
    private Counter? _begun;
    private long _count;

    public string Name => "generator";

    public string What => "Starts that do nothing, against --system none: how late the generator itself is on this machine.";

    public ScenarioNeeds Needs => ScenarioNeeds.Nothing;

    public IReadOnlyList<Phase> Phases =>
        [new("warm-up", new Inject(_perSecond, _warmUp), IsMeasured: false), new("even", new Inject(_perSecond, _during), IsMeasured: true)];

    public IReadOnlyList<Threshold> Thresholds => [new("start", ThresholdMeasure.FailedShare, 0)];

    public Task PrepareAsync(WorkerContext worker)
    {
        _begun = worker.Counter("begun");
        return Task.CompletedTask;
    }

    public Task RunAsync(Phase phase, WorkerContext worker)
    {
        var step = worker.Step("start");
        return worker.RunLoadAsync(phase.Simulation, intended =>
        {
            step.Ok(intended);
            _begun!.AddAt(intended);
            Interlocked.Increment(ref _count);
            return ValueTask.CompletedTask;
        });
    }

    public Task<Correctness> CheckAsync(WorkerContext worker) => Task.FromResult(new Correctness(_count, _count, 0, 0, 0, [], 0));
}
