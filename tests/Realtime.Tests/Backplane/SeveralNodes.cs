using CoPilot.Realtime.Tests.Redis;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>Two nodes on one Redis, and more when a test asks.</summary>
public abstract class SeveralNodes(SharedRedis redis) : IClassFixture<SharedRedis>, IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _started = [];

    private protected RedisServer Redis => redis.Server;

    private protected string Prefix { get; } = SharedRedis.NewPrefix();

    private protected LogWatcher Log { get; } = new();

    private protected BackplaneNode One { get; private set; } = null!;

    private protected BackplaneNode Two { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        One = await StartNodeAsync("one");
        Two = await StartNodeAsync("two");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in Enumerable.Reverse(_started))
        {
            await started.DisposeAsync();
        }

        Log.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<BackplaneNode> StartNodeAsync(string name, IHubProtocol[]? protocols = null, int unansweredSends = 256)
    {
        var node = await BackplaneNode.StartAsync(Redis.Configuration, Prefix, name, Log, protocols, unansweredSends: unansweredSends);
        _started.Add(node);
        return node;
    }

    private protected async Task<HubPeer> ConnectAsync(BackplaneNode node, string? user = null, IHubProtocol? protocol = null, long? pauseAt = null)
    {
        var peer = await node.ConnectAsync(user, protocol, pauseAt);
        _started.Add(peer);
        return peer;
    }

    /// <summary>What is sent now arrives after everything that was sent before; so what did not come before it does not come.</summary>
    private protected static async Task AssertNothingBeforeAsync(HubPeer peer, Func<Task> sendMark)
    {
        await sendMark().Within();
        Assert.Equal("Mark", (await peer.ReadAsync()).Target);
    }

    private protected static async Task AssertHelloAsync(params HubPeer[] peers)
    {
        foreach (var peer in peers)
        {
            var hello = await peer.ReadAsync();
            Assert.Equal(("Hello", "World"), (hello.Target, hello.Argument.GetString()));
        }
    }
}
