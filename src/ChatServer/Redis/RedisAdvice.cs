using CoPilot.ChatServer.Hosting;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Redis;

/// <summary>Warns once of settings by which Redis may lose what it was given: at the start, or when Redis is first there.</summary>
internal sealed class RedisAdvice : IHostedService
{
    private readonly RedisConnections _redis;
    private readonly ILogger<RedisAdvice> _logger;
    private bool _isGiven;

    /// <summary>Hosted services are made before the first of them starts, so the bus does not run yet.</summary>
    public RedisAdvice(RedisConnections redis, NodeBus nodes, ILogger<RedisAdvice> logger)
    {
        (_redis, _logger) = (redis, logger);
        nodes.OnRecovery((_, _) => AdviseAsync());
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AdviseAsync()
    {
        if (_isGiven)
        {
            return;
        }

        foreach (var warning in await new RedisSettingsCheck(_redis).RunAsync())
        {
            HostingLog.RedisSetting(_logger, warning.Name, warning.Found, warning.Recommended, warning.Consequence);
        }

        _isGiven = true;
    }
}
