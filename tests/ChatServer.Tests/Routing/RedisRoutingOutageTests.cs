using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>Each on a Redis of its own: what its outage leaves behind is nobody else's.</summary>
public sealed class RedisRoutingOutageTests
{
    private const string Shop = RoutingSites.Shop;

    [Fact]
    public async Task Enqueue_WhoseOutcomeIsUnknown_RepeatedElsewhereIsOneContact()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var here = await RedisRoutingNode.OpenAsync(redis.Configuration, "here", isPatient: false);
        await using var elsewhere = await RedisRoutingNode.OpenAsync(redis.Configuration, "elsewhere", isPatient: false);
        here.Log.Expect("is out of reach");
        elsewhere.Log.Expect("is out of reach");
        var (queue, otherQueue) = (here.OpenQueue(new RoutingSites(), new RoutingHints()), elsewhere.OpenQueue(new RoutingSites(), new RoutingHints()));
        redis.Freeze();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => EnqueueAsync(queue)).Within();
        redis.Thaw();

        var contact = await RedisCalls.UntilAvailableAsync(() => EnqueueAsync(otherQueue)).Within();

        Assert.Equal(contact, await RedisCalls.UntilAvailableAsync(() => EnqueueAsync(queue)).Within());
        var line = await RedisCalls.UntilAvailableAsync(() => otherQueue.GetLineAsync(Shop, RoutingSites.Orders)).Within();
        Assert.Equal(contact, Assert.Single(line).ContactId);
    }

    private static async Task<string> EnqueueAsync(RedisContactQueue queue)
    {
        var customer = new CustomerInfo("cleo", Verified: false);
        return (await queue.EnqueueAsync(new NewContact("r", Shop, customer, RoutingSites.Orders, "Hello"))).Value.ContactId;
    }
}
