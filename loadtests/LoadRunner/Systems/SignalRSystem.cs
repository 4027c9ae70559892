using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Workers;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Systems;

/// <summary>Plain SignalR: always one node, without a backplane, and nothing is kept. The floor under what SignalR costs.</summary>
internal sealed class SignalRSystem : ISystemUnderTest
{
    /// <summary>Below a node's root.</summary>
    public const string HubPath = "hubs/plain";

    private readonly PeerProcess _node;

    private SignalRSystem(PeerProcess node)
    {
        _node = node;
        Target = new Target(Name, [node.Address], [], []);
    }

    public string Name => "signalr";

    public Target Target { get; }

    public IReadOnlyList<(string Role, string Name, int ProcessId)> Processes => _node.HasEnded ? [] : [("server", "node-1", _node.ProcessId)];

    public static async Task<ISystemUnderTest> StartAsync(SystemOptions options, ScenarioNeeds needs) => new SignalRSystem(await PeerProcess.StartAsync(
        "dotnet",
        [BuiltServer(), "--urls=http://127.0.0.1:0", $"--OthersOnly={needs.OthersOnly}"],
        options.Cores,
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("Logging__LogLevel__Default", "Warning")));

    public Task KillNodeAsync(int index) => _node.KillHardAsync();

    public Task KillRedisAsync() => throw new UsageException("signalr has no Redis.");

    public Task StartRedisAgainAsync() => throw new UsageException("signalr has no Redis.");

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    /// <summary>Built beside this program, in the same configuration.</summary>
    private static string BuiltServer()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Checkout.File($"loadtests/peers/SignalR/bin/{output.Parent!.Name}/{output.Name}/CoPilot.PlainSignalR.dll");
    }
}
