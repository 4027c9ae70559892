using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>What is measured of a site's lines and agents.</summary>
public sealed class SiteMetricsTests : IAsyncDisposable
{
    private readonly RoutingBench _bench = new();
    private readonly SiteMetrics _metrics;

    public SiteMetricsTests() => _metrics = new SiteMetrics(_bench.Meters, _bench.Clock);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Site_IsMeasuredAsItWasReadLast_UntilAnotherNodeDoes()
    {
        await _bench.HaveActiveAsync("anna", "cleo");
        await _bench.StartAsync("dana");
        var bert = await _bench.HaveAgentAsync("bert", queues: RoutingSites.Payments);
        Accepted(await _bench.Service.SetStatusAsync(bert, new SetStatusRequest(AgentStatuses.Away)));
        var when = _bench.Clock.GetUtcNow() + RoutingSites.SlotLength;
        Accepted(await _bench.Queue.RequestCallbackAsync(
            new NewCallback("r1", Shop, new CustomerInfo("eric", Verified: false), RoutingSites.Orders, "+31612345678", Note: null, when)));
        _metrics.Seen(Shop, await _bench.Queue.GetSiteAsync(Shop, [], isWatched: false));
        _bench.Clock.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(1, OfQueue<int>("copilot.routing.line"));
        Assert.Equal(0, OfQueue<int>("copilot.routing.agents.available"));
        Assert.Equal(40, OfQueue<double>("copilot.routing.longest_wait"));
        Assert.Equal(0, OfQueue<double>("copilot.routing.longest_wait", RoutingSites.Payments));
        Assert.Equal(1, OfQueue<double>("copilot.routing.answered_in_time"));
        Assert.Null(OfQueue<double>("copilot.routing.answered_in_time", RoutingSites.Payments));
        Assert.Null(OfQueue<double>("copilot.routing.estimates_inside"));
        Assert.Equal(1, OfQueue<int>("copilot.routing.callbacks.due"));
        Assert.Equal(
            [(AgentStatuses.Available, 1), (AgentStatuses.Away, 1)],
            Read<int>("copilot.routing.agents").Select(agents => ((string)agents.Tags["status"]!, agents.Value)));

        _metrics.Forgotten(Shop);
        Assert.Null(OfQueue<int>("copilot.routing.line"));
        Assert.Empty(Read<int>("copilot.routing.agents"));
    }

    private T? OfQueue<T>(string instrument, string queue = RoutingSites.Orders)
        where T : struct =>
        Read<T>(instrument).Where(measured => (string?)measured.Tags["queue"] == queue).Select(measured => (T?)measured.Value).SingleOrDefault();

    private List<(T Value, IReadOnlyDictionary<string, object?> Tags)> Read<T>(string instrument)
        where T : struct
    {
        var measured = new List<(T Value, IReadOnlyDictionary<string, object?> Tags)>();
        using var listener = _bench.Meters.Listen<T>(instrument, (value, tags) => measured.Add((value, tags)));
        listener.RecordObservableInstruments();
        return measured;
    }
}
