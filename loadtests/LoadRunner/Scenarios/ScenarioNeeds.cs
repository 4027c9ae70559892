namespace CoPilot.LoadRunner.Scenarios;

/// <summary>What the system is started with for a scenario; a system that has no such thing leaves it out.</summary>
internal sealed record ScenarioNeeds
{
    public static readonly ScenarioNeeds Nothing = new();

    public int Queues { get; init; } = 1;

    /// <summary>Accounts of agents that can sign in, each with one queue: the first with the first, and so on by turns.</summary>
    public int Agents { get; init; }

    /// <summary>How many contacts an agent has at once at most.</summary>
    public int AgentCapacity { get; init; } = 5;

    /// <summary>Configuration of each node, such as <c>--Sites:demo:Queues:orders:MaximumLength=100000</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Who says something does not hear it, where a system leaves that to its user.</summary>
    public bool OthersOnly { get; init; }

    /// <summary>All workers' together, most at once: what the limits of Linux are checked for.</summary>
    public int Connections { get; init; }

    public TimeSpan PreparesWithin { get; init; } = TimeSpan.FromMinutes(5);
}
