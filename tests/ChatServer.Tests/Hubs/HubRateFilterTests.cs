using System.Threading.RateLimiting;
using CoPilot.ChatServer.Hubs;

namespace CoPilot.ChatServer.Tests.Hubs;

public sealed class HubRateFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(20)]
    [InlineData(99)]
    [InlineData(1_000)]
    public void PerSecond_FillsAsManyAsItSays(int calls)
    {
        var bucket = HubRateFilter.PerSecond(calls, burst: 30);

        Assert.Equal(30, bucket.TokenLimit);
        Assert.Equal(calls, bucket.TokensPerPeriod * (TimeSpan.FromSeconds(1) / bucket.ReplenishmentPeriod), precision: 2);
    }

    [Fact]
    public void AttemptAcquire_OfABucketThatIsThrownAwayMeanwhile_TakesFromANewOne()
    {
        using var buckets = new ThrownAway(times: 1);

        using var lease = HubRateFilter.AttemptAcquire(buckets, "a caller");

        Assert.True(lease.IsAcquired);
        Assert.Equal(["a caller", "a caller"], buckets.Asked);
    }

    [Fact]
    public void AttemptAcquire_OfBucketsThatAreGone_Fails()
    {
        using var buckets = new ThrownAway(times: 2);

        Assert.Throws<ObjectDisposedException>(() => HubRateFilter.AttemptAcquire(buckets, "a caller"));
    }

    /// <summary>Does what .NET's limiter does to whoever takes from an idle bucket at the moment of its end.</summary>
    private sealed class ThrownAway(int times) : PartitionedRateLimiter<string>
    {
        private readonly TokenBucketRateLimiter _bucket = new(HubRateFilter.PerSecond(1, burst: 1));

        public List<string> Asked { get; } = [];

        public override RateLimiterStatistics? GetStatistics(string resource) => _bucket.GetStatistics();

        protected override RateLimitLease AttemptAcquireCore(string resource, int permitCount)
        {
            Asked.Add(resource);
            ObjectDisposedException.ThrowIf(Asked.Count <= times, this);
            return _bucket.AttemptAcquire(permitCount);
        }

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(string resource, int permitCount, CancellationToken cancellationToken) =>
            _bucket.AcquireAsync(permitCount, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _bucket.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
