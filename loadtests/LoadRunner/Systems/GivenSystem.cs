using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Systems;

/// <summary>Servers that run already and go on afterwards. Nothing is known of their processes, and nothing is killed.</summary>
internal sealed class GivenSystem(string name, IReadOnlyList<Uri> servers) : ISystemUnderTest
{
    /// <summary>Those that a server has in Development.</summary>
    private static readonly IReadOnlyList<AgentSignIn> DemoAgents =
        [new("agent1@demo.example", "demo", "orders"), new("agent2@demo.example", "demo", "payments"), new("agent3@demo.example", "demo", "returns")];

    public string Name => name;

    public Target Target { get; } = new(name, servers, ["orders", "payments", "returns"], DemoAgents);

    public IReadOnlyList<(string Role, string Name, int ProcessId)> Processes => [];

    public Task KillNodeAsync(int index) => throw NotOurs();

    public Task KillRedisAsync() => throw NotOurs();

    public Task StartRedisAgainAsync() => throw NotOurs();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static UsageException NotOurs() => new("This scenario kills a process, which is done only to servers that the run has started: leave out --server.");
}
