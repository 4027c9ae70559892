using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

public sealed class RedisClusterConversationStoreTests(RedisClusterConversationStoreTests.ThreePrimaries cluster)
    : RedisConversationStoreSpecification, IClassFixture<RedisClusterConversationStoreTests.ThreePrimaries>
{
    protected override string Configuration => cluster.Redis.Configuration;

    public sealed class ThreePrimaries : IAsyncLifetime
    {
        public RedisCluster Redis { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Redis = await RedisCluster.StartAsync();

        public ValueTask DisposeAsync() => Redis.DisposeAsync();
    }
}
