using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios;

/// <summary>
/// What simulated people do. The same class on both sides: the coordinator asks for phases and thresholds, each worker runs its share.
/// Options are read in the constructor, so that one that nobody asked for is an error before anything starts.
/// </summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>One sentence for <c>list</c>.</summary>
    string What { get; }

    ScenarioNeeds Needs { get; }

    IReadOnlyList<Phase> Phases { get; }

    IReadOnlyList<Threshold> Thresholds { get; }

    /// <summary>Connects, starts conversations; not measured.</summary>
    Task PrepareAsync(WorkerContext worker);

    /// <summary>Most: <c>worker.RunLoadAsync(phase.Simulation, intended => ...)</c>. The phase's simulation is this worker's share already.</summary>
    Task RunAsync(Phase phase, WorkerContext worker);

    /// <summary>After the last phase: waits, bounded, for what is still under way, then counts. The worker's failures come on top of what it answers.</summary>
    Task<Correctness> CheckAsync(WorkerContext worker);

    /// <summary>What it is about when that is no latency; by the coordinator, of all workers.</summary>
    /// <param name="phases">The preparation is the first.</param>
    IReadOnlyList<Figure> Conclude(IReadOnlyList<PhaseResult> phases) => [];
}
