using CoPilot.ChatServer.Callbacks;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Callbacks;

/// <summary>What every engine of <see cref="ICallbackThrottle"/> must do.</summary>
public abstract class CallbackThrottleSpecification : IAsyncLifetime
{
    private ICallbackThrottle _throttle = null!;

    protected ManualTimeProvider Clock { get; } = new();

    protected static CallbackLimits Limits { get; } = new()
    {
        Customer = new CallbackLimit(3, TimeSpan.FromHours(1)),
        Number = new CallbackLimit(4, TimeSpan.FromDays(1)),
        Address = new CallbackLimit(6, TimeSpan.FromHours(1)),
    };

    public async ValueTask InitializeAsync() => _throttle = await CreateThrottleAsync();

    public async ValueTask DisposeAsync()
    {
        await ReleaseThrottleAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ICallbackThrottle> CreateThrottleAsync();

    protected abstract ValueTask ReleaseThrottleAsync();

    [Fact]
    public async Task Take_ByOneCustomer_LetsABurstThroughAndThenTheRate()
    {
        await LetThroughAsync("c1 n1 a1", "c1 n2 a2", "c1 n3 a3");

        Assert.Equal(TimeSpan.FromMinutes(20), await TakeAsync("c1 n4 a4"));
        Clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), await TakeAsync("c1 n4 a4"));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await LetThroughAsync("c1 n4 a4");
        Assert.NotNull(await TakeAsync("c1 n5 a5"));
    }

    [Fact]
    public async Task Take_ForOneNumber_CountsWhoeverAsks()
    {
        await LetThroughAsync("c1 n1 a1", "c2 n1 a2", "c3 n1 a3", "c4 n1 a4");

        Assert.Equal(TimeSpan.FromHours(6), await TakeAsync("c5 n1 a5"));
        await LetThroughAsync("c5 n2 a5");
    }

    [Fact]
    public async Task Take_FromOneAddress_CountsAllItsCustomers()
    {
        await LetThroughAsync("c1 n1 a1", "c2 n2 a1", "c3 n3 a1", "c4 n4 a1", "c5 n5 a1", "c6 n6 a1");

        Assert.Equal(TimeSpan.FromMinutes(10), await TakeAsync("c7 n7 a1"));
        await LetThroughAsync("c7 n7 a2");
    }

    [Fact]
    public async Task Take_OverSeveralLimits_WaitsForTheLast()
    {
        await LetThroughAsync("c1 n1 a1", "c1 n1 a2", "c1 n1 a3", "c2 n1 a4");

        Assert.Equal(TimeSpan.FromHours(6), await TakeAsync("c1 n1 a1"));
    }

    [Fact]
    public async Task Take_Refused_CountsForNone()
    {
        await LetThroughAsync("c1 n1 a1", "c1 n1 a1", "c1 n1 a1");
        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull(await TakeAsync("c1 n2 a2"));
            Assert.NotNull(await TakeAsync("c1 n1 a1"));
        }

        await LetThroughAsync("c2 n2 a2", "c2 n2 a2", "c2 n2 a2", "c3 n1 a1", "c3 n3 a1", "c3 n3 a1");
    }

    [Fact]
    public async Task Take_AfterALongPause_LetsNoMoreThanABurstThrough()
    {
        await LetThroughAsync("c1 n1 a1", "c1 n2 a1", "c1 n3 a1");
        Clock.Advance(TimeSpan.FromDays(2));

        await LetThroughAsync("c1 n1 a1", "c1 n2 a1", "c1 n3 a1");
        Assert.NotNull(await TakeAsync("c1 n4 a1"));
    }

    [Fact]
    public async Task Take_OnAnotherSite_CountsApart()
    {
        await LetThroughAsync("c1 n1 a1", "c1 n1 a1", "c1 n1 a1");
        Assert.NotNull(await TakeAsync("c1 n1 a1"));

        Assert.Null(await TakeAsync("c1 n1 a1", "other"));
    }

    [Fact]
    public async Task Take_OfAnotherKind_CountsApartThoughTheNameIsTheSame()
    {
        await LetThroughAsync("x y z", "x y z", "x y z");

        await LetThroughAsync("y z x", "y z x", "y z x");
    }

    [Fact]
    public async Task GiveBack_LetsAsMuchThroughAsWasGivenBack()
    {
        await LetThroughAsync("c1 n1 a1", "c1 n1 a1", "c1 n1 a1");

        await GiveBackAsync("c1 n1 a1");

        await LetThroughAsync("c1 n1 a1");
        Assert.Equal(TimeSpan.FromMinutes(20), await TakeAsync("c1 n1 a1"));
        await LetThroughAsync("c2 n1 a1");
        Assert.Equal(TimeSpan.FromHours(6), await TakeAsync("c2 n1 a1"));
    }

    [Fact]
    public async Task GiveBack_ToTheNumberAlone_StillCountsForTheOthers()
    {
        for (var i = 0; i < 3; i++)
        {
            await LetThroughAsync("c1 n1 a1");
            await GiveBackAsync("c1 n1 a1", toNumberAlone: true);
        }

        Assert.Equal(TimeSpan.FromMinutes(20), await TakeAsync("c1 n1 a1"));
        await LetThroughAsync("c2 n1 a1", "c2 n1 a1", "c2 n1 a1");
        Assert.Equal(TimeSpan.FromMinutes(10), await TakeAsync("c3 n1 a1"));
        await LetThroughAsync("c3 n1 a2");
    }

    [Fact]
    public async Task GiveBack_OfWhatWasNotTakenOrCountsNoMore_GivesNothing()
    {
        await GiveBackAsync("c1 n1 a1");
        await LetThroughAsync("c1 n1 a1");
        Clock.Advance(TimeSpan.FromDays(2));
        await GiveBackAsync("c1 n1 a1");

        await LetThroughAsync("c1 n1 a1", "c1 n1 a1", "c1 n1 a1");
        Assert.NotNull(await TakeAsync("c1 n2 a2"));
    }

    private async Task LetThroughAsync(params string[] requests)
    {
        foreach (var request in requests)
        {
            Assert.Null(await TakeAsync(request));
        }
    }

    /// <param name="request">Customer, number and address.</param>
    private Task<TimeSpan?> TakeAsync(string request, string site = "shop") => _throttle.TakeAsync(RequesterOf(request, site)).Within();

    private Task GiveBackAsync(string request, bool toNumberAlone = false) => _throttle.GiveBackAsync(RequesterOf(request, "shop"), toNumberAlone).Within();

    private static CallbackRequester RequesterOf(string request, string site)
    {
        var who = request.Split(' ');
        return new CallbackRequester(site, who[0], who[1], who[2]);
    }
}
