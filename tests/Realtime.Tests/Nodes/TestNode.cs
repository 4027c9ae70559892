using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Nodes;

/// <summary>A node bus of its own in this process, which counts its recoveries and keeps what it received.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public const byte Greeting = NodeFrame.FirstOfApplication;
    public const string Prefix = "test";

    /// <summary>Short for a fast test, long against the stalls of a busy machine.</summary>
    public static readonly NodeBusSettings Times =
        new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), 65_536);

    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private readonly RedisConnections _redis;
    private int _recoveries;
    private int _running;
    private bool _isDead;

    private TestNode(RedisConnections redis, string name, LogWatcher log, TestMeters meters, NodeBusSettings times, Func<int, Task> recover)
    {
        _redis = redis;
        Bus = new NodeBus(redis, name, TimeProvider.System, log.For<NodeBus>(), new NodeMetrics(meters), times);
        Bus.Handle(Greeting, body => _received.Writer.TryWrite(Encoding.UTF8.GetString(body.Span)));
        Bus.OnNodesLost(nodes =>
        {
            foreach (var node in nodes)
            {
                Lost.Enqueue(node);
            }
        });
        Bus.OnRecovery(async (_, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref _running));
            try
            {
                await recover(Interlocked.Increment(ref _recoveries));
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        });
    }

    public NodeBus Bus { get; }

    public string ChannelName => Bus.ChannelPrefix + Bus.NodeId;

    public ChannelReader<string> Received => _received.Reader;

    public ConcurrentQueue<string> Lost { get; } = new();

    /// <summary>How often the recovery was begun.</summary>
    public int Recoveries => Volatile.Read(ref _recoveries);

    public static async Task<TestNode> StartAsync(
        RedisServer server,
        string name,
        LogWatcher log,
        Func<int, Task>? recover = null,
        NodeBusSettings? times = null,
        TestMeters? meters = null,
        Action<NodeBus>? prepare = null,
        bool byLibrary = false)
    {
        // Of several addresses only the library knows who answers what.
        var configuration = byLibrary ? $"{server.Configuration},localhost:{server.Port}" : server.Configuration;
        var redis = new RedisConnections(new RedisSettings(configuration, Prefix), TimeProvider.System, log.For<RedisConnections>());
        await redis.OpenAsync().Within();
        var node = new TestNode(redis, name, log, meters ?? new TestMeters(), times ?? Times, recover ?? (_ => Task.CompletedTask));
        prepare?.Invoke(node.Bus);
        await node.Bus.StartAsync(CancellationToken.None).Within();
        return node;
    }

    public static async Task<TestNode> StartReadyAsync(RedisServer server, string name, LogWatcher log)
    {
        var node = await StartAsync(server, name, log);
        await node.ReadyAsync();
        return node;
    }

    public Task ReadyAsync() => Eventually.TrueAsync(() => Bus.IsReady);

    public Task PublishAsync(TestNode other, string words) =>
        Bus.PublishAsync(other.Bus.NodeId, NodeFrame.Make(Greeting, Encoding.UTF8.GetBytes(words))).Within();

    /// <summary>Publishes until the other has heard: what is published while a subscription is made anew is lost.</summary>
    public async Task HeardByAsync(TestNode other, string words)
    {
        var heard = other.NextAsync();
        await Eventually.TrueAsync(async () =>
        {
            await PublishAsync(other, words);
            return heard.IsCompleted;
        });
        Assert.Equal(words, await heard);
    }

    public Task<string> NextAsync() => Received.ReadAsync().AsTask().Within();

    /// <summary>As if the process were killed: it stays on the list of the living until it is missed.</summary>
    public async Task DieAsync()
    {
        _isDead = true;
        await _redis.DisposeAsync();
        await Bus.StopAsync(CancellationToken.None).Within();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isDead)
        {
            await Bus.StopAsync(CancellationToken.None).Within();
            Bus.Dispose();
            await _redis.DisposeAsync();
        }
    }
}
