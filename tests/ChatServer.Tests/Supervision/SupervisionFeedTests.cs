using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Supervision;
using CoPilot.ChatServer.Tests.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Supervision;

/// <summary>Who is shown what, and how often the site is read for it.</summary>
public sealed class SupervisionFeedTests : IAsyncLifetime
{
    private readonly RoutingBench _bench = new();
    private readonly ObservedQueue _queue;
    private readonly SupervisionFeed _feed;
    private readonly CancellationTokenSource _gone = new();

    public SupervisionFeedTests()
    {
        _queue = new ObservedQueue(_bench.Queue);
        _feed = new SupervisionFeed(
            new SiteReadings(_queue, _bench.Clock), _bench.Hints, RoutingPace.OneNode, _bench.Notifier, _bench.Sites, _bench.Clock, _bench.Log.For<SupervisionFeed>());
    }

    public async ValueTask InitializeAsync() => await _feed.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _feed.StopAsync(CancellationToken.None).Within();
        _feed.Dispose();
        _gone.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task NobodyWatches_NothingIsRead()
    {
        await _bench.StartAsync("cleo");
        await PassAsync(600);

        Assert.Equal(0, _queue.SiteReads);
    }

    [Fact]
    public async Task Change_IsShown_AndTheLineThatWasAskedFor()
    {
        var before = await WatchAsync("sam-1", RoutingSites.Orders);
        Assert.Equal((0, 0), (LineOf(before).Waiting, before.Line?.Total));
        await WatchAsync("sam-2", queue: null);
        var chat = await _bench.StartAsync("cleo");

        var shown = await NextAsync("sam-1");
        Assert.Equal((1, 1), (LineOf(shown).Waiting, shown.Line?.Total));
        Assert.Equal((chat.ContactId, "cleo"), (shown.Line?.Contacts[0].ContactId, shown.Line?.Contacts[0].Customer.CustomerId));
        var other = await NextAsync("sam-2");
        Assert.Equal((1, null), (LineOf(other).Waiting, other.Line));
        Assert.True(shown.At >= before.At);
    }

    [Fact]
    public async Task WhoWatchedThatMoment_IsShownWhatChangedBetween()
    {
        await WatchAsync("sam-1", RoutingSites.Orders);
        await PassAsync(5);
        Assert.True(_bench.Notifier.IsSilent("sam-1"));

        // Asked for again within the second, so from the same reading; the change came in between.
        await WatchAsync("sam-2", RoutingSites.Orders);
        await _bench.StartAsync("cleo");
        Assert.Equal(0, LineOf(await WatchAsync("sam-3", RoutingSites.Orders)).Waiting);

        Assert.Equal(1, LineOf(await NextAsync("sam-3")).Waiting);
        Assert.Equal(1, LineOf(await NextAsync("sam-2")).Waiting);
    }

    [Fact]
    public async Task HoweverManyWatch_ItIsReadOnceASecond()
    {
        for (var i = 0; i < 50; i++)
        {
            await WatchAsync($"sam-{i}", RoutingSites.Orders);
        }

        Assert.InRange(_queue.SiteReads, 1, 2);
        for (var i = 0; i < 10; i++)
        {
            await _bench.StartAsync($"customer-{i}");
        }

        // While the clock stands still the second has not passed.
        Assert.InRange(_queue.SiteReads, 1, 2);
        Assert.Equal(10, LineOf(await NextAsync("sam-49", overview => LineOf(overview).Waiting == 10)).Waiting);
    }

    [Fact]
    public async Task AnotherLine_TakesThePlaceOfTheFirst()
    {
        await WatchAsync("sam-1", RoutingSites.Orders);
        var second = await WatchAsync("sam-1", RoutingSites.Payments);
        Assert.Equal(RoutingSites.Payments, second.Line?.Queue);

        await _bench.StartAsync("cleo");

        Assert.Equal((RoutingSites.Payments, 0), await NextAsync("sam-1") is { Line: { } line } ? (line.Queue, line.Total) : default);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UnwatchedOrGone_NothingIsReadAnyMore(bool isGone)
    {
        await WatchAsync("sam-1", RoutingSites.Orders);
        await _bench.StartAsync("cleo");
        await NextAsync("sam-1");
        await PassAsync(5);
        if (isGone)
        {
            await _gone.CancelAsync();
        }
        else
        {
            _feed.Unwatch(Shop, "sam-1");
        }

        var reads = _queue.SiteReads;
        await _bench.StartAsync("dana");
        await PassAsync(600);

        Assert.InRange(_queue.SiteReads, reads, reads + 1);
        Assert.DoesNotContain(_bench.Notifier.TakeAll("sam-1"), shown => LineOf((SiteOverview)shown).Waiting == 2);
    }

    [Fact]
    public async Task GoneMeanwhile_WatchesNothing()
    {
        await _gone.CancelAsync();

        // It may have been read before anybody noticed.
        _ = await Record.ExceptionAsync(() => WatchAsync("sam-1", RoutingSites.Orders));
        await PassAsync(600);

        Assert.InRange(_queue.SiteReads, 0, 1);
    }

    /// <summary>A call-back comes to be due within the hour, and nothing happens.</summary>
    [Fact]
    public async Task TimeAlone_IsShown()
    {
        await WatchAsync("sam-1", queue: null);
        var when = _bench.Clock.GetUtcNow().AddHours(1) + RoutingSites.SlotLength;
        Accepted(await _bench.Queue.RequestCallbackAsync(
            new NewCallback("r1", Shop, new CustomerInfo("cleo", Verified: false), RoutingSites.Orders, "+31612345678", Note: null, when)));

        var shown = await NextAsync("sam-1", overview => LineOf(overview).CallbacksDue == 1);

        Assert.Equal(1, LineOf(shown).CallbacksScheduled);
        Assert.True(shown.At >= when - SiteFacts.DueWithin);
    }

    [Fact]
    public async Task StoreOutOfReach_IsSaidOnce_AndTheFeedGoesOn()
    {
        _bench.Log.Expect("was not read for its supervisors");
        await WatchAsync("sam-1", RoutingSites.Orders);
        _queue.BeforeSite = () => throw new StoreUnavailableException("Away.");
        await _bench.StartAsync("cleo");
        await Eventually.TrueAsync(() =>
        {
            _bench.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return _queue.SiteReads > 4;
        });
        await Assert.ThrowsAsync<StoreUnavailableException>(() => WatchAsync("sam-2", RoutingSites.Orders));
        Assert.Equal((true, 0), await NextAsync("sam-1") is var old ? (old.IsOld, LineOf(old).Waiting) : default);
        Assert.True(_bench.Notifier.IsSilent("sam-1"));

        _queue.BeforeSite = () => { };

        Assert.Equal((null, 1), await NextAsync("sam-1") is var now ? (now.IsOld, LineOf(now).Waiting) : default);
        Assert.Single(_bench.Log.Lines, line => line.Text.Contains("was not read for its supervisors", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoTelephoneNumber_IsShown()
    {
        const string phone = "+31612345678";
        Accepted(await _bench.Queue.RequestCallbackAsync(
            new NewCallback("r1", Shop, new CustomerInfo("cleo", Verified: true, "Cleo", "cleo@shop.example"), RoutingSites.Orders, phone, "My note", When: null)));

        var overview = await WatchAsync("sam-1", RoutingSites.Orders);

        Assert.Equal(new CustomerInfo("cleo", Verified: true, "Cleo"), Assert.Single(overview.Line!.Contacts).Customer);
        var text = System.Text.Json.JsonSerializer.Serialize(overview, WireJson.Default.SiteOverview);
        Assert.DoesNotContain("612345678", text, StringComparison.Ordinal);
        Assert.DoesNotContain("5678", text, StringComparison.Ordinal);
        Assert.DoesNotContain("My note", text, StringComparison.Ordinal);
    }

    private static LineOverview LineOf(SiteOverview overview) => overview.Lines.Single(line => line.Queue == RoutingSites.Orders);

    private Task<SiteOverview> WatchAsync(string connectionId, string? queue) => _feed.WatchAsync(Shop, connectionId, queue, _gone.Token).Within();

    /// <summary>The feed pauses on a thread of its own, so the clock is moved until something was shown.</summary>
    private async Task<SiteOverview> NextAsync(string connectionId, Func<SiteOverview, bool>? fits = null)
    {
        using var deadline = new CancellationTokenSource(Deadline.Default);
        while (true)
        {
            while (_bench.Notifier.IsSilent(connectionId))
            {
                deadline.Token.ThrowIfCancellationRequested();
                _bench.Clock.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }

            var shown = await _bench.Notifier.NextAsync<SiteOverview>(connectionId);
            if (fits?.Invoke(shown) != false)
            {
                return shown;
            }
        }
    }

    private async Task PassAsync(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
