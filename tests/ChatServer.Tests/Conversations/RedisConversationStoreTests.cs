using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

public sealed class RedisConversationStoreTests(RedisConversationStoreTests.OneServer server)
    : RedisConversationStoreSpecification, IClassFixture<RedisConversationStoreTests.OneServer>
{
    protected override string Configuration => server.Redis.Configuration;

    public sealed class OneServer : IAsyncLifetime
    {
        public RedisServer Redis { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Redis = await RedisServer.StartAsync();

        public ValueTask DisposeAsync() => Redis.DisposeAsync();
    }
}
