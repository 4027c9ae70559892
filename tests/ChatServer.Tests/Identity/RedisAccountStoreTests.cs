using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Realtime.Redis;
using CoPilot.Specifications.Identity;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Identity;

public sealed class RedisAccountStoreTests : AccountStoreSpecification
{
    private readonly LogWatcher _log = new();
    private RedisServer? _server;
    private RedisConnections? _connections;

    protected override async Task<IAccountStore> CreateStoreAsync()
    {
        _server = await RedisServer.StartAsync();
        _connections = PatientRedis.Connect(_server.Configuration, "test", _log);
        await _connections.OpenAsync().Within();
        return new RedisAccountStore(_connections, new ChatKeys("test"));
    }

    protected override async ValueTask ReleaseStoreAsync()
    {
        await _connections!.DisposeAsync();
        await _server!.DisposeAsync();
        _log.Dispose();
    }
}
