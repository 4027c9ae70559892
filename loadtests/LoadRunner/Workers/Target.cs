namespace CoPilot.LoadRunner.Workers;

/// <summary>What is measured, as a worker needs to know it.</summary>
/// <param name="System">Its name in <c>--system</c>, such as <c>copilot</c>.</param>
/// <param name="Nodes">Root addresses.</param>
/// <param name="Queues">The names of queues that all agents serve; none where the system knows no queues.</param>
internal sealed record Target(string System, IReadOnlyList<Uri> Nodes, IReadOnlyList<string> Queues, IReadOnlyList<AgentSignIn> Agents)
{
    public string Site { get; init; } = "demo";
}

internal sealed record AgentSignIn(string Email, string Password);
