using System.Text;
using System.Threading.Channels;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Nodes;

public sealed class NodeBusTests
{
    private const byte Greeting = NodeFrame.FirstOfApplication;

    [Fact]
    public async Task Publish_ToAnotherNode_ArrivesThereInOrder()
    {
        await using var redis = await RedisServer.StartAsync();
        using var log = new LogWatcher();
        await using var one = await TestNode.StartAsync(redis, "one", log);
        await using var two = await TestNode.StartAsync(redis, "two", log);

        for (var i = 0; i < 100; i++)
        {
            await one.Bus.PublishAsync(two.Bus.NodeId, NodeFrame.Make(Greeting, Encoding.UTF8.GetBytes($"hello {i}"))).Within();
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"hello {i}", await two.Received.ReadAsync().AsTask().Within());
        }
    }

    private sealed class TestNode : IAsyncDisposable
    {
        private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
        private readonly RedisConnections _redis;

        private TestNode(RedisConnections redis, string name, LogWatcher log)
        {
            _redis = redis;
            Bus = new NodeBus(redis, name, TimeProvider.System, log.For<NodeBus>());
            Bus.Handle(Greeting, body => _received.Writer.TryWrite(Encoding.UTF8.GetString(body.Span)));
        }

        public NodeBus Bus { get; }

        public ChannelReader<string> Received => _received.Reader;

        public static async Task<TestNode> StartAsync(RedisServer server, string name, LogWatcher log)
        {
            var redis = new RedisConnections(new RedisSettings(server.Configuration, "test"), TimeProvider.System, log.For<RedisConnections>());
            await redis.OpenAsync().Within();
            var node = new TestNode(redis, name, log);
            var ready = new TaskCompletionSource();
            node.Bus.OnRecovery(_ =>
            {
                ready.TrySetResult();
                return Task.CompletedTask;
            });
            await node.Bus.StartAsync(CancellationToken.None).Within();
            await ready.Task.Within();
            return node;
        }

        public async ValueTask DisposeAsync()
        {
            await Bus.StopAsync(CancellationToken.None).Within();
            Bus.Dispose();
            await _redis.DisposeAsync();
        }
    }
}
