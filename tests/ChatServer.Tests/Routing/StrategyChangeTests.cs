using System.Diagnostics.CodeAnalysis;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>A queue has another strategy when a node starts than agents were last touched by.</summary>
public sealed class StrategyChangeTests(RedisRouting redis) : IClassFixture<RedisRouting>
{
    private const string Shop = RoutingSites.Shop;

    private readonly ManualTimeProvider _clock = new();
    private readonly RoutingHints _hints = new();

    [Fact]
    public async Task Sqlite_FirstOffer_GoesByTheNewStrategy()
    {
        await using var engine = (SqliteContactQueueEngine)await SqliteContactQueueEngine.OpenAsync(new RoutingSites(), _clock, _hints);

        await HaveAgentsAsync(engine.Queue);

        Assert.Equal("bert", await OfferedToAsync(new SqliteContactQueue(engine.Database, new BestLevelFirst(), _clock, _hints)));
    }

    [Fact]
    public async Task Redis_FirstOffer_GoesByTheNewStrategy()
    {
        await redis.Node.Redis.ExecuteAsync("FLUSHALL");

        await HaveAgentsAsync(redis.Node.OpenQueue(new RoutingSites(), _hints, _clock));

        Assert.Equal("bert", await OfferedToAsync(redis.Node.OpenQueue(new BestLevelFirst(), _hints, _clock)));
    }

    /// <summary>Anna is idle for longer, and Bert is better.</summary>
    private async Task HaveAgentsAsync(IContactQueue queue)
    {
        foreach (var (agent, level) in ((string, int)[])[("anna", 1), ("bert", 10)])
        {
            await queue.ConnectAgentAsync(
                new AgentProfile(agent, Shop, agent, [RoutingSites.Orders], Capacity: 1) { Levels = new Dictionary<string, int> { [RoutingSites.Orders] = level } },
                $"{agent}-tab").Within();
            await queue.SetStatusAsync(Shop, agent, AgentStatuses.Available).Within();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<string?> OfferedToAsync(IContactQueue queue) => (await queue.EnqueueAsync(
        new NewContact("r", Shop, new CustomerInfo("cleo", Verified: false), RoutingSites.Orders, "Hello")).Within()).Value.Agent?.AgentId;

    private sealed class BestLevelFirst : ISiteCatalog
    {
        private readonly Site[] _sites =
        [
            .. new RoutingSites().All.Select(site => site with
            {
                Queues = [.. site.Queues.Select(queue => queue.Name == RoutingSites.Orders ? queue with { Strategy = QueueStrategies.BestLevel } : queue)],
            }),
        ];

        public IReadOnlyCollection<Site> All => _sites;

        public bool TryGet(string siteId, [NotNullWhen(true)] out Site? site)
        {
            site = _sites.FirstOrDefault(candidate => candidate.Id == siteId);
            return site is not null;
        }
    }
}
