using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Systems;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Connecting;

/// <summary>How people connect to each system.</summary>
internal static class Entrances
{
    /// <param name="people">Of all workers together.</param>
    /// <param name="dialect">Where the system has several.</param>
    public static IEntrance Make(WorkerContext worker, int people, HubDialect dialect)
    {
        var from = new SourceAddresses(worker.Target, people);
        return worker.Target.System switch
        {
            "copilot" => new HubEntrance(worker, from, "hubs/chat", dialect, withTokens: true),
            "signalr" or "signalr-inline" => new HubEntrance(worker, from, SignalRSystem.HubPath, HubDialect.Named("json"), withTokens: false),
            "socketio-redis" or "socketio-streams" => new HubEntrance(worker, from, SocketIoDialect.Path, SocketIoDialect.Instance, withTokens: false),
            var other => throw new UsageException($"Nobody knows how to connect to {other} and stay."),
        };
    }
}
