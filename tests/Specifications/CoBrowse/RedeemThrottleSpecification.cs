using CoPilot.CoBrowse.Throttling;
using CoPilot.TestKit;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>What every engine of <see cref="IRedeemThrottle"/> must do.</summary>
public abstract class RedeemThrottleSpecification : IAsyncLifetime
{
    private IRedeemThrottle _throttle = null!;

    protected ManualTimeProvider Clock { get; } = new();

    protected static RedeemLimits Limits { get; } = new()
    {
        Connection = new RedeemLimit(3, TimeSpan.FromMinutes(1)),
        Address = new RedeemLimit(5, TimeSpan.FromHours(1)),
        Everybody = new RedeemLimit(20, TimeSpan.FromMinutes(1)),
    };

    public async ValueTask InitializeAsync() => _throttle = await CreateThrottleAsync();

    public async ValueTask DisposeAsync()
    {
        await ReleaseThrottleAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IRedeemThrottle> CreateThrottleAsync();

    protected abstract ValueTask ReleaseThrottleAsync();

    [Fact]
    public async Task Take_ByOneConnection_LetsABurstThroughAndThenTheRate()
    {
        await LetThroughAsync(3, "c1", "a1");

        Assert.Equal(TimeSpan.FromSeconds(20), await TakeAsync("c1", "a1"));
        Clock.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), await TakeAsync("c1", "a1"));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await TakeAsync("c1", "a1"));
        Assert.NotNull(await TakeAsync("c1", "a1"));
    }

    [Fact]
    public async Task Take_FromOneAddress_CountsAllItsConnections()
    {
        await LetThroughAsync(3, "c1", "a1");
        await LetThroughAsync(2, "c2", "a1");

        Assert.Equal(TimeSpan.FromMinutes(12), await TakeAsync("c3", "a1"));
        Assert.Null(await TakeAsync("c3", "a2"));
    }

    [Fact]
    public async Task Take_ByEverybody_HasALimitToo()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await TakeAsync($"c{i}", $"a{i}"));
        }

        Assert.Equal(TimeSpan.FromSeconds(3), await TakeAsync("another", "place"));
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(await TakeAsync("another", "place"));
    }

    [Fact]
    public async Task Take_Refused_CountsForNone()
    {
        await LetThroughAsync(3, "c1", "a1");
        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull(await TakeAsync("c1", "a1"));
        }

        await LetThroughAsync(2, "c2", "a1");
        await LetThroughAsync(3, "c3", "a2");
    }

    [Fact]
    public async Task Take_AfterALongPause_LetsNoMoreThanABurstThrough()
    {
        await LetThroughAsync(3, "c1", "a1");
        Clock.Advance(TimeSpan.FromDays(1));

        await LetThroughAsync(3, "c1", "a1");
        Assert.NotNull(await TakeAsync("c1", "a1"));
    }

    private async Task LetThroughAsync(int count, string connection, string address)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Null(await TakeAsync(connection, address));
        }
    }

    private Task<TimeSpan?> TakeAsync(string connection, string address) => _throttle.TakeAsync(connection, address).Within();
}
