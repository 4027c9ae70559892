using System.Collections.Concurrent;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>Two nodes at one Redis that goes by its own clock, and what they make of it together.</summary>
public sealed class RedisRoutingRaceTests(RedisRouting redis) : IClassFixture<RedisRouting>, IAsyncLifetime
{
    private const string Shop = RoutingSites.Shop;
    private const int Customers = 300;

    private static readonly string[] Agents = [.. Enumerable.Range(0, 10).Select(i => $"agent-{i}")];

    private readonly RoutingSites _sites = new();
    private readonly RoutingHints _hints = new();
    private readonly ConcurrentDictionary<(string ContactId, long Fence), string> _owners = new();
    private readonly ConcurrentQueue<string> _doubleOwners = new();
    private RedisRoutingNode? _other;
    private IContactQueue[] _queues = [];

    public async ValueTask InitializeAsync()
    {
        await redis.Node.Redis.ExecuteAsync("FLUSHALL");
        _other = await RedisRoutingNode.OpenAsync(redis.Server.Configuration, "other");
        _queues = [redis.Node.OpenQueue(_sites, _hints), _other.OpenQueue(_sites, _hints)];
    }

    public async ValueTask DisposeAsync() => await _other!.DisposeAsync();

    [Fact]
    public async Task Steps_OfTwoNodesAtOnce_LeaveNothingThatContradictsItself()
    {
        await Task.WhenAll(Agents.Select(ArriveAsync)).Within();
        var work = Agents.SelectMany((agent, i) => _queues.Select((queue, node) => WorkAsync(queue, agent, new Random((2 * i) + node))));
        var arrivals = Enumerable.Range(0, Customers).Select(i => EnqueueAsync(_queues[i % 2], $"customer-{i}", i));

        await Task.WhenAll([.. arrivals, .. work]).Within(TimeSpan.FromMinutes(2));

        // Whatever a slow machine let run out meanwhile is carried out, and everybody who is there is there.
        var now = await RedisRoutingCheck.MomentAsync(redis.Node);
        await _queues[0].FireDueTimersAsync(Shop, limit: 10_000).Within();
        Assert.Empty(_doubleOwners);
        Assert.NotEmpty(_owners);
        Assert.Empty(await RedisRoutingCheck.FindFaultsAsync(redis.Node, await redis.Server.KeysAsync(), now));
    }

    /// <summary>A check that found nothing whatever it is shown would prove nothing.</summary>
    [Theory]
    [InlineData("HSET", "agent:agent-0", "offer", "")]
    [InlineData("DEL", "timers")]
    [InlineData("DEL", "line:orders")]
    [InlineData("HSET", "agent:agent-1", "status", "available")]
    public async Task Check_OfWhatContradictsItself_FindsIt(string command, string key, params string[] rest)
    {
        var clock = StandStill();
        await ArriveAsync(Agents[0]);
        await ArriveAsync(Agents[1]);
        await _queues[0].SetStatusAsync(Shop, Agents[1], AgentStatuses.Away).Within();
        await EnqueueAsync(_queues[0], "cleo", 1);
        await EnqueueAsync(_queues[0], "dana", 3);
        Assert.Empty(await RedisRoutingCheck.FindFaultsAsync(redis.Node, await redis.Server.KeysAsync(), clock.GetUtcNow()));

        await redis.Server.CommandAsync([command, $"{RedisRoutingNode.KeyPrefix}:{{{Shop}}}:{key}", .. rest]);

        Assert.NotEmpty(await RedisRoutingCheck.FindFaultsAsync(redis.Node, await redis.Server.KeysAsync(), clock.GetUtcNow()));
    }

    [Fact]
    public async Task Enqueue_OfOneCustomerThroughBothNodes_MakesOneContact()
    {
        var contacts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => EnqueueAsync(_queues[i % 2], "cleo", i % 10))).Within();

        Assert.Single(contacts.Distinct());
        Assert.Equal([1, 0], (await _queues[0].GetQueuesAsync(Shop).Within()).Select(queue => queue.Waiting).Take(2).OrderDescending());
    }

    [Fact]
    public async Task Steps_AfterRedisForgotItsFunctions_GoOn()
    {
        StandStill();
        await ArriveAsync(Agents[0]);
        await redis.Node.Redis.ExecuteAsync("FUNCTION", "FLUSH");
        var contact = await EnqueueAsync(_queues[0], "cleo", 1);
        await redis.Node.Redis.ExecuteAsync("FUNCTION", "FLUSH");

        Assert.Equal(contact, (await _queues[1].FindAgentAsync(Shop, Agents[0]).Within())!.Offer?.Contact.ContactId);
    }

    [Fact]
    public async Task Enqueue_WhenThisNodesClockIsWrong_GoesByRedisClock()
    {
        var queue = redis.Node.OpenQueueWithClock(_sites, _hints, new ManualTimeProvider(DateTimeOffset.UnixEpoch));

        var contact = await EnqueueAsync(queue, "cleo", 1);

        var arrived = (await _queues[0].FindContactAsync(Shop, contact).Within())!.ArrivedAt;
        Assert.InRange(arrived, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
    }

    [Fact]
    public async Task Change_IsToldToTheNodeThatKeepsTheLines_UnlessItIsThisOne()
    {
        var heard = new ConcurrentQueue<byte[]>();
        var told = new SemaphoreSlim(0);
        var keeper = new ChatKeys(RedisRoutingNode.KeyPrefix).SiteKeeper(Shop);
        await _other!.Redis.SubscribeAsync(_other.Bus.ChannelPrefix + _other.Bus.NodeId, (frame, _) =>
        {
            heard.Enqueue(frame);
            told.Release();
        }).Within();
        await redis.Node.Redis.ExecuteAsync("SET", keeper, _other.Bus.NodeId);

        await EnqueueAsync(_queues[1], "cleo", 1);
        await _queues[0].FireDueTimersAsync(Shop, 10).Within();
        await EnqueueAsync(_queues[0], "dana", 3);

        await told.WaitAsync().Within();
        Assert.Equal([1, NodeMessages.RoutingChanged, .. "shop"u8], Assert.Single(heard));
        told.Dispose();
    }

    /// <summary>For what leases of eight seconds must not run out of, however slow the machine is.</summary>
    private ManualTimeProvider StandStill()
    {
        var clock = new ManualTimeProvider();
        _queues = [redis.Node.OpenQueue(_sites, _hints, clock), _other!.OpenQueue(_sites, _hints, clock)];
        return clock;
    }

    private async Task ArriveAsync(string agent)
    {
        string[] queues = agent[^1] % 2 == 0 ? [RoutingSites.Orders] : [RoutingSites.Orders, RoutingSites.Payments];
        await _queues[0].ConnectAgentAsync(new AgentProfile(agent, Shop, agent, queues, Capacity: 3), $"{agent}-tab");
        await _queues[1].SetStatusAsync(Shop, agent, AgentStatuses.Available);
    }

    private static async Task<string> EnqueueAsync(IContactQueue queue, string customer, int number)
    {
        var topic = number % 3 == 2 ? RoutingSites.Payments : RoutingSites.Orders;
        var outcome = await queue.EnqueueAsync(
            new NewContact($"r{number}", Shop, new CustomerInfo(customer, Verified: false), topic, "Hello"));
        return outcome.Value.ContactId;
    }

    /// <summary>What one browser tab of an agent does, while another one of theirs does the like at another node.</summary>
    private async Task WorkAsync(IContactQueue queue, string agentId, Random random)
    {
        for (var i = 0; i < 60; i++)
        {
            await queue.RenewPresenceAsync(Shop, [new AgentConnection(agentId, $"{agentId}-tab")]);
            var agent = (await queue.FindAgentAsync(Shop, agentId))!;
            if (agent.Offer is { } offer)
            {
                await (random.Next(4) == 0 ? queue.DeclineOfferAsync(Shop, agentId, offer.OfferId) : TakeAsync(queue, agentId, offer.OfferId));
            }

            if (agent.Contacts.Count > 1)
            {
                var contact = agent.Contacts[random.Next(agent.Contacts.Count)].ContactId;
                await (random.Next(3) == 0
                    ? queue.TransferAsync(new TransferCommand($"t{agentId}{i}", Shop, contact, agentId, RoutingSites.Payments, null))
                    : queue.CloseAsync(new CloseCommand(Shop, contact, Roles.Agent, agentId, null)));
            }
        }
    }

    private async Task TakeAsync(IContactQueue queue, string agentId, string offerId)
    {
        var outcome = await queue.AcceptOfferAsync(Shop, agentId, offerId);
        if (outcome.IsAccepted && _owners.GetOrAdd((outcome.Value.ContactId, outcome.Value.Fence), agentId) != agentId)
        {
            _doubleOwners.Enqueue($"{outcome.Value.ContactId} {outcome.Value.Fence}");
        }
    }
}
