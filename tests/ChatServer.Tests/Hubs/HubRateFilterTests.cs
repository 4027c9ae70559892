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
}
