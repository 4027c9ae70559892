using CoPilot.Realtime.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Backplane;

internal sealed class RedisHubLifetimeManager<THub>(
    HubConnections<THub> connections, ILogger<DefaultHubLifetimeManager<THub>> logger) : RegisteringLifetimeManager<THub>(connections, logger)
    where THub : Hub;
