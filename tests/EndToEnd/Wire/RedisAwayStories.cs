using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using CoPilot.Contracts;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Redis goes away for a while, and nobody need do anything about it.</summary>
public sealed class RedisAwayStories(TwoNodes nodes) : WireStories(nodes), IClassFixture<TwoNodes>
{
    private const int Calls = 200;

    /// <summary>What a node says of one outage: a few lines, whatever the load.</summary>
    private const int MostLines = 20;

    /// <summary>As long as a wave of calls takes; with <c>./test --long</c> beyond every lease, time-out and back-off that it meets.</summary>
    private static readonly TimeSpan Outage =
        Environment.GetEnvironmentVariable("COPILOT_LONG_TESTS") is { Length: > 0 } ? TimeSpan.FromSeconds(30) : TimeSpan.Zero;

    private readonly TwoNodes _nodes = nodes;
    private readonly RedisServer _redis = nodes.Redis;

    [Fact]
    public async Task Away_CallsAreUnavailableAndEverythingComesBackByItself()
    {
        var world = Open();
        _nodes.ExpectOutages();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        await customer.SayAsync(conversation, "before the outage");

        await _redis.KillHardAsync();
        await Task.WhenAll(world.Nodes.Select(node => AnswersAsync(node, HttpStatusCode.ServiceUnavailable)));
        var linesBefore = world.Nodes.Select(Warnings).Sum();
        var started = Stopwatch.GetTimestamp();
        var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => customer.SayAsync(conversation, "said in the outage", "m1"));
        Assert.Equal(ErrorCodes.Unavailable, refusal.Code);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(
            _ => Assert.ThrowsAsync<HubRefusalException>(() => agent.SayAsync(conversation, "nobody hears this"))));
        while (Stopwatch.GetElapsedTime(started) < Outage)
        {
            await Assert.ThrowsAsync<HubRefusalException>(() => agent.SayAsync(conversation, "nobody hears this"));
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => world.ConnectAsync(agent.Token));
        Assert.InRange(world.Nodes.Select(Warnings).Sum() - linesBefore, 0, MostLines);

        await _redis.StartAgainAsync();
        await Task.WhenAll(world.Nodes.Select(node => AnswersAsync(node, HttpStatusCode.OK)));
        await customer.SayAsync(conversation, "said in the outage", "m1");
        await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "said in the outage");
        Assert.False(agent.Client.Closed.IsCompleted);
        Assert.False(customer.Client.Closed.IsCompleted);
        Assert.Single(await customer.ReadAsync(conversation), entry => entry.Text == "said in the outage");
    }

    /// <summary>The account is read before the WebSocket opens, and routing is told after the handshake: Redis goes between the two.</summary>
    [Fact]
    public async Task Away_WhoeverCannotBeLetIn_IsCutOffAndNotToldToStayAway()
    {
        var world = Open();
        _nodes.ExpectOutages();
        var agent = await world.AgentAsync();
        await using var connection = await RawHubConnection.OpenSilentAsync(world.AgentsNode.Address, agent.Token);
        await _redis.KillHardAsync();

        await connection.SendHandshakeAsync();
        var (said, isCutOff) = await connection.ClosedAsync();

        Assert.True(isCutOff, $"Closed with a goodbye after: {said}");
        Assert.DoesNotContain("\"type\":7", said, StringComparison.Ordinal);
        Assert.False(agent.Client.Closed.IsCompleted);
        await _redis.StartAgainAsync();
        await Task.WhenAll(world.Nodes.Select(node => AnswersAsync(node, HttpStatusCode.OK)));
        await using var later = await RawHubConnection.OpenAsync(world.AgentsNode.Address, agent.Token);
        Assert.True((await later.CallAsync("SetStatus", "[{}]")).TryGetProperty("result", out _));
    }

    private static int Warnings(ServerProcess node) =>
        node.Log.Text.Split('\n').Count(line => line.Contains("\"LogLevel\":\"Warning\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));

    private static async Task AnswersAsync(ServerProcess node, HttpStatusCode status)
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            using var response = await http.GetAsync(new Uri(node.Address, "readyz"));
            return response.StatusCode == status;
        });
    }
}
