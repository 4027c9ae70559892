using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class RateLimitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(1_200)]
    [InlineData(10_000_000)]
    public void PerMinute_FillsAsManyAsItSays(int calls)
    {
        var bucket = RateLimits.PerMinute(calls);

        Assert.Equal(calls, bucket.TokenLimit);
        Assert.Equal(calls, bucket.TokensPerPeriod * (TimeSpan.FromMinutes(1) / bucket.ReplenishmentPeriod), precision: 3);
    }
}
