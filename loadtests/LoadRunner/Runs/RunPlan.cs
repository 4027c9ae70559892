using CoPilot.LoadRunner.Systems;

namespace CoPilot.LoadRunner.Runs;

/// <summary>One run: a scenario, and what it is run against.</summary>
internal sealed record RunPlan(string Scenario, IReadOnlyDictionary<string, string> Options)
{
    public string System { get; init; } = "copilot";

    public SystemOptions SystemOptions { get; init; } = new();

    public int Workers { get; init; } = 1;

    /// <summary>Those that run already; none when the system is to be started.</summary>
    public IReadOnlyList<Uri> Servers { get; init; } = [];

    /// <summary>Costs something, so it is asked for.</summary>
    public bool WatchesGarbageCollection { get; init; }
}
