using CoPilot.LoadRunner.Load;

namespace CoPilot.LoadRunner.Scenarios;

/// <param name="IsMeasured">A warm-up is not.</param>
internal sealed record Phase(string Name, LoadSimulation Simulation, bool IsMeasured)
{
    public Disturbance? Disturbance { get; init; }

    /// <summary>Just before it, servers collect their garbage as far as they can be asked to: for phases that tell of memory.</summary>
    public bool BeginsWithCollection { get; init; }

    /// <summary>How long after its load it may take until it has ended: then the run fails.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What one of several workers does of it.</summary>
    public Phase Share(int index, int count) => this with { Simulation = Simulation.Share(index, count) };
}
