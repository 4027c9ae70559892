namespace CoPilot.LoadRunner.Workers;

/// <summary>What is measured, as a worker needs to know it.</summary>
/// <param name="System">Its name in <c>--system</c>, such as <c>copilot</c>.</param>
/// <param name="Nodes">Root addresses.</param>
/// <param name="Queues">The names of queues, each of which is a topic too; none where the system knows no queues.</param>
internal sealed record Target(string System, IReadOnlyList<Uri> Nodes, IReadOnlyList<string> Queues, IReadOnlyList<AgentSignIn> Agents)
{
    public string Site { get; init; } = "demo";
}

/// <param name="Queue">The only one that the agent serves, so that a scenario can keep people together who are to meet.</param>
internal sealed record AgentSignIn(string Email, string Password, string Queue);
