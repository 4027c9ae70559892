using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Workers;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Systems;

/// <summary>
/// Plain SignalR: always one node, without a backplane, and nothing is kept. The floor under what SignalR costs, as it is or with the threads of a node of CoPilot, which
/// nothing that SignalR's own documentation says leads to.
/// </summary>
internal sealed class SignalRSystem : ISystemUnderTest
{
    /// <summary>Below a node's root.</summary>
    public const string HubPath = "hubs/plain";

    private readonly PeerProcess _node;

    private SignalRSystem(string name, PeerProcess node)
    {
        (Name, _node) = (name, node);
        Target = new Target(Name, [node.Address], [], []);
    }

    public string Name { get; }

    public Target Target { get; }

    public IReadOnlyList<(string Role, string Name, int ProcessId)> Processes => _node.HasEnded ? [] : [("server", "node-1", _node.ProcessId)];

    /// <param name="isInline">With the settings of CoPilot's nodes for threads.</param>
    public static async Task<ISystemUnderTest> StartAsync(string name, bool isInline, SystemOptions options, ScenarioNeeds needs) =>
        new SignalRSystem(name, await PeerProcess.StartAsync(
            "dotnet",
            [BuiltServer(), "--urls=http://127.0.0.1:0", $"--OthersOnly={needs.OthersOnly}", $"--Inline={isInline}"],
            options.Cores,
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", isInline ? "1" : "0"),
            ("Logging__LogLevel__Default", "Warning")));

    public Task KillNodeAsync(int index) => _node.KillHardAsync();

    public Task KillRedisAsync() => throw new UsageException($"{Name} has no Redis.");

    public Task StartRedisAgainAsync() => throw new UsageException($"{Name} has no Redis.");

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    /// <summary>Built beside this program, in the same configuration.</summary>
    private static string BuiltServer()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Checkout.File($"loadtests/peers/SignalR/bin/{output.Parent!.Name}/{output.Name}/CoPilot.PlainSignalR.dll");
    }
}
