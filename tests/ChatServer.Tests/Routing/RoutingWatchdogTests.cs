using CoPilot.ChatServer.Routing;
using CoPilot.TestKit;
using Microsoft.Extensions.Logging;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class RoutingWatchdogTests : IAsyncDisposable
{
    private readonly RoutingBench _bench = new();
    private readonly AppointedKeeper _keeper = new();
    private readonly FoundInvariants _found = new();
    private readonly RoutingWatchdog _watchdog;

    public RoutingWatchdogTests() =>
        _watchdog = new RoutingWatchdog(_found, _keeper, _bench.Metrics, _bench.Sites, _bench.Clock, _bench.Log.For<RoutingWatchdog>());

    public async ValueTask DisposeAsync()
    {
        _watchdog.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Broken_IsMeasuredEachTimeAndLoggedOnce()
    {
        _bench.Log.Expect("load is broken");
        _found.Parts = [(RoutingInvariants.Load, 1), (RoutingInvariants.Load, 2)];
        await LookAsync();
        await LookAsync();

        Assert.Equal(3, Measured(RoutingInvariants.Load));
        Assert.Equal(0, Measured(RoutingInvariants.Owner));
        Assert.Contains("load is broken 3 times", Assert.Single(Errors()), StringComparison.Ordinal);

        _found.Parts = [];
        await LookAsync();
        Assert.Equal(0, Measured(RoutingInvariants.Load));
        _found.Parts = [(RoutingInvariants.Load, 1)];
        await LookAsync();
        Assert.Equal(2, Errors().Count);
    }

    [Fact]
    public async Task NotTheKeeper_NeitherLooksNorMeasures()
    {
        _found.Parts = [(RoutingInvariants.Line, 1)];
        _bench.Log.Expect("line is broken");
        await LookAsync();
        _keeper.IsThisNode = false;
        var looks = _found.Looks;

        await LookAsync();

        Assert.Equal(looks, _found.Looks);
        Assert.Null(Measured(RoutingInvariants.Line));
    }

    [Fact]
    public async Task EveryMinute_EachSiteIsLookedAt()
    {
        await _watchdog.StartAsync(CancellationToken.None);
        await _bench.Clock.TimerSetAsync();
        _bench.Clock.Advance(RoutingWatchdog.Interval);

        await _found.LookedAtAsync(_bench.Sites.All.Count).Within();
        await _watchdog.StopAsync(CancellationToken.None).Within();
    }

    private Task LookAsync() => _watchdog.LookAsync(Shop, CancellationToken.None);

    private List<string> Errors() => [.. _bench.Log.Lines.Where(line => line.Level == LogLevel.Error).Select(line => line.Text)];

    private int? Measured(string invariant)
    {
        int? measured = null;
        using var listener = _bench.Meters.Listen<int>("copilot.routing.broken_invariants", (value, tags) =>
        {
            if (Equals(tags["site"], Shop) && Equals(tags["invariant"], invariant))
            {
                measured = value;
            }
        });
        listener.RecordObservableInstruments();
        return measured;
    }

    /// <summary>Finds what the test says, part by part.</summary>
    private sealed class FoundInvariants : IRoutingInvariants
    {
        private readonly SemaphoreSlim _whole = new(0);

        public List<(string Invariant, int Count)> Parts { get; set; } = [];

        public int Looks { get; private set; }

        public async Task LookedAtAsync(int sites)
        {
            for (var i = 0; i < sites; i++)
            {
                await _whole.WaitAsync();
            }
        }

        public Task<InvariantPart> CheckAsync(string siteId, string? from, CancellationToken cancellationToken = default)
        {
            Looks++;
            var part = from is null ? 0 : int.Parse(from, null);
            var next = part + 1 < Parts.Count ? $"{part + 1}" : null;
            if (next is null)
            {
                _whole.Release();
            }

            var broken = Parts.Count == 0 ? [] : new Dictionary<string, int> { [Parts[part].Invariant] = Parts[part].Count };
            return Task.FromResult(new InvariantPart(broken, next));
        }
    }
}
