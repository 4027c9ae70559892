using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>How people talk on each system.</summary>
internal static class TalkSystems
{
    /// <param name="agents">How many connections side 1 has; each is in several conversations.</param>
    public static ITalkSystem Make(WorkerContext worker, TalkTally tally, TalkOptions options, int conversations, int agents) => worker.Target.System switch
    {
        "copilot" => new CoPilotTalk(worker, tally, options, conversations),
        "signalr" or "signalr-inline" => new PlainTalk(worker, tally, PlainWords.SignalR, conversations, agents),
        "socketio-redis" or "socketio-streams" => new PlainTalk(worker, tally, PlainWords.SocketIo, conversations, agents),
        var other => throw new UsageException($"Nobody can talk on {other}."),
    };
}
