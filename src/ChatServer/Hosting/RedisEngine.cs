using CoPilot.Realtime;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Hosting;

/// <summary>The engine of several nodes, which share Redis and nothing else.</summary>
internal sealed class RedisEngine(RedisConnections redis, NodeBus nodes, TimeProvider clock) : IEngine
{
    public const string NoFolder = "none (Redis)";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);

    public string DataFolder => NoFolder;

    public bool Blocks => false;

    public static StartupException Refused(RedisRefusedException refused) => new($"ConnectionStrings:Redis: {refused.Message}", refused);

    /// <summary>Connections are opened as the first of the host's services. A Redis that is not there yet does not keep the node from starting.</summary>
    public Task OpenAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async Task<string?> FindTroubleAsync()
    {
        if (!await AnswersAsync())
        {
            return "Redis does not answer";
        }

        return nodes.IsReady ? null : "this node does not hear the others yet";
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await redis.ExecuteAsync("PING").WaitAsync(AnswerWithin, clock);
            return true;
        }
        catch (Exception error) when (error is StoreUnavailableException or TimeoutException)
        {
            return false;
        }
    }
}
