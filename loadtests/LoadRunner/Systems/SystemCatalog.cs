using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Scenarios;

namespace CoPilot.LoadRunner.Systems;

/// <summary>All systems by name.</summary>
internal static class SystemCatalog
{
    public static IReadOnlyList<string> Names { get; } = ["copilot", "none", "signalr", "signalr-inline", "socketio-redis", "socketio-streams"];

    /// <summary>Whether a Redis is started with it.</summary>
    public static bool HasRedis(string name, SystemOptions options) => name switch
    {
        "copilot" => options.IsOnRedis,
        "socketio-redis" or "socketio-streams" => true,
        _ => false,
    };

    /// <exception cref="UsageException">There is none of that name.</exception>
    public static Task<ISystemUnderTest> StartAsync(string name, SystemOptions options, ScenarioNeeds needs) => name switch
    {
        "copilot" => CoPilotSystem.StartAsync(options, needs),
        "none" => Task.FromResult<ISystemUnderTest>(new GivenSystem(name, [])),
        "signalr" => SignalRSystem.StartAsync(name, isInline: false, options, needs),
        "signalr-inline" => SignalRSystem.StartAsync(name, isInline: true, options, needs),
        "socketio-redis" => SocketIoSystem.StartAsync("redis", options, needs),
        "socketio-streams" => SocketIoSystem.StartAsync("streams", options, needs),
        _ => throw new UsageException($"There is no system {name}; there are: {string.Join(", ", Names)}."),
    };
}
