using System.Globalization;
using System.Text.RegularExpressions;
using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>What a step costs Redis, in commands and never in time: each of those that are used takes at most the logarithm of what it works on.</summary>
public sealed partial class RedisRoutingCostTests(RedisRouting redis) : IClassFixture<RedisRouting>
{
    private const string Shop = RoutingSites.Shop;
    private const string Waits = "waits";

    /// <summary>Commands that go through a whole key; those that scripts do use on keys of one contact or one agent are small there.</summary>
    private static readonly string[] TooCostly = ["keys", "scan", "hgetall", "sort", "hvals", "lrange"];

    /// <summary>What the client library asks a server now and then, and the measuring itself. A subscribing connection is kept alive by UNSUBSCRIBE.</summary>
    private static readonly string[] OfTheLibrary = ["config", "info", "ping", "unsubscribe", "client", "cluster", "command"];

    private readonly ManualTimeProvider _clock = new();
    private int _customers;

    [Fact]
    public async Task Step_CostsTheSame_HoweverLongTheLineAndManyTheAgents()
    {
        await MeasureAsync(line: 10, agents: 2);
        var few = await MeasureAsync(line: 10, agents: 2);
        var some = await MeasureAsync(line: 1_000, agents: 50);
        var many = await MeasureAsync(line: 9_900, agents: 200);

        // Two commands for each agent, and nine for each queue.
        var queues = new RoutingSites().All.First().Queues.Count;
        Assert.Equal([2, 50, 200], new[] { few, some, many }.Select(costs => ((costs[Waits].Commands - 2 - (9 * queues)) / 2) - 1));
        foreach (var costs in (Dictionary<string, Cost>[])[few, some, many])
        {
            costs.Remove(Waits);
        }

        Assert.Equal(few, some);
        Assert.Equal(few, many);
        Assert.All(few.Values, cost => Assert.InRange(cost.Commands, 1, 80));
    }

    [Fact]
    public async Task EveryCall_IsOneRoundTrip_AndWaitsOneMoreForSomeAgents()
    {
        // A script that Redis has not seen takes a second one.
        await MeasureAsync(line: 10, agents: 2);
        var costs = await MeasureAsync(line: 10, agents: 2);

        Assert.All(costs, cost => Assert.Equal(cost.Key == Waits ? 2 : 1, cost.Value.RoundTrips));
    }

    private async Task<Dictionary<string, Cost>> MeasureAsync(int line, int agents)
    {
        await redis.Node.Redis.ExecuteAsync("FLUSHALL");
        var queue = redis.Node.OpenQueue(new RoutingSites(), new RoutingHints(), _clock);
        for (var i = 0; i < agents; i++)
        {
            await HaveBusyAgentAsync(queue, $"busy-{i:D4}");
        }

        var waiting = new List<Contact>();
        foreach (var some in Enumerable.Range(0, line).Chunk(100))
        {
            waiting.AddRange(await Task.WhenAll(some.Select(_ => EnqueueAsync(queue))).Within());
        }

        var costs = new Dictionary<string, Cost>();
        await HaveAgentAsync(queue, "anna", capacity: 3, AgentStatuses.Away);
        await MeasuredAsync("enqueue", () => EnqueueAsync(queue));
        await MeasuredAsync("be available", () => queue.SetStatusAsync(Shop, "anna", AgentStatuses.Available));
        var offer = await OfferIdAsync(queue, "anna");
        await MeasuredAsync("decline", () => queue.DeclineOfferAsync(Shop, "anna", offer));
        offer = await OfferIdAsync(queue, "anna");
        await MeasuredAsync("accept", () => queue.AcceptOfferAsync(Shop, "anna", offer));
        var served = (await queue.FindAgentAsync(Shop, "anna").Within())!.Contacts[0].ContactId;
        await MeasuredAsync("transfer", () => queue.TransferAsync(new TransferCommand("t", Shop, served, "anna", RoutingSites.Payments, null)));
        await MeasuredAsync("close one that waits", () => queue.CloseAsync(new CloseCommand(Shop, waiting[^2].ContactId, Roles.Customer, waiting[^2].Customer.CustomerId, null)));
        await MeasuredAsync("position", () => queue.GetPositionAsync(Shop, waiting[^1].ContactId));
        await MeasuredAsync("keep what was shown", () => queue.KeepShownWaitsAsync(Shop, [new WaitShown(waiting[^1].ContactId, new WaitRange(60, 120))]));
        await MeasuredAsync(Waits, () => queue.GetWaitsAsync(Shop));
        await MeasuredAsync("renew", () => queue.RenewPresenceAsync(Shop, [new AgentConnection("anna", "anna-tab")]));
        await MeasuredAsync("nothing due", () => queue.FireDueTimersAsync(Shop, 100));
        await MeasuredAsync("queues", () => queue.GetQueuesAsync(Shop));
        await MeasuredAsync("disconnect", () => queue.DisconnectAgentAsync(new AgentConnection("anna", "anna-tab"), Shop));
        return costs;

        async Task MeasuredAsync(string what, Func<Task> step)
        {
            await redis.Node.Redis.ExecuteAsync("CONFIG", "RESETSTAT");
            await step().Within();
            costs.Add(what, await CostAsync(what));
        }
    }

    private async Task<Cost> CostAsync(string what)
    {
        var calls = Calls().Matches((string)(await redis.Server.CommandAsync("INFO", "commandstats"))!)
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        foreach (var command in calls.Keys.Where(command => OfTheLibrary.Contains(command.Split('|')[0])))
        {
            calls.Remove(command);
        }

        var roundTrips = calls.GetValueOrDefault("fcall");
        var costly = calls.Where(call => TooCostly.Contains(call.Key) && !(call.Key == "hgetall" && HasPasses(what))).Select(call => call.Key);
        Assert.True(!costly.Any(), $"{what} uses {string.Join(", ", costly)}");
        return new Cost(calls.Values.Sum() - roundTrips, roundTrips);
    }

    /// <summary>A contact's passes are at most its queue's agents, of whom each gave it away once; one that has just come has none to go through.</summary>
    private static bool HasPasses(string what) => what != "enqueue";

    private static async Task<string> OfferIdAsync(RedisContactQueue queue, string agent) =>
        (await queue.FindAgentAsync(Shop, agent).Within())!.Offer!.OfferId;

    private async Task HaveBusyAgentAsync(RedisContactQueue queue, string agent)
    {
        await HaveAgentAsync(queue, agent, capacity: 1, AgentStatuses.Available);
        await EnqueueAsync(queue);
        Assert.True((await queue.AcceptOfferAsync(Shop, agent, await OfferIdAsync(queue, agent)).Within()).IsAccepted);
    }

    private static async Task HaveAgentAsync(RedisContactQueue queue, string agent, int capacity, string status)
    {
        await queue.ConnectAgentAsync(new AgentProfile(agent, Shop, agent, [RoutingSites.Orders], capacity), $"{agent}-tab").Within();
        await queue.SetStatusAsync(Shop, agent, status).Within();
    }

    private async Task<Contact> EnqueueAsync(RedisContactQueue queue)
    {
        var customer = new CustomerInfo($"customer-{Interlocked.Increment(ref _customers)}", Verified: false);
        return (await queue.EnqueueAsync(new NewContact("r", Shop, customer, RoutingSites.Orders, "Hello"))).Value;
    }

    [GeneratedRegex(@"cmdstat_([a-z|-]+):calls=(\d+)")]
    private static partial Regex Calls();

    private sealed record Cost(int Commands, int RoundTrips);
}
