using CoPilot.ChatServer.Callbacks;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Callbacks;

/// <summary>What every engine of <see cref="ICallStatusStore"/> must do.</summary>
public abstract class CallStatusStoreSpecification : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private ICallStatusStore _store = null!;

    protected ManualTimeProvider Clock { get; } = new();

    public async ValueTask InitializeAsync() => _store = await CreateStoreAsync();

    public async ValueTask DisposeAsync()
    {
        await ReleaseStoreAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ICallStatusStore> CreateStoreAsync();

    protected abstract ValueTask ReleaseStoreAsync();

    [Fact]
    public async Task Claim_NewEvent_IsTheFirstCallers()
    {
        Assert.Equal(CallStatusClaim.Mine, await ClaimAsync());
        Assert.Equal(CallStatusClaim.InHand, await ClaimAsync());
    }

    [Fact]
    public async Task Claim_ByManyAtOnce_IsOneCallers()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ClaimAsync()));

        Assert.Single(claims, claim => claim.IsMine);
        Assert.All(claims.Where(claim => !claim.IsMine), claim => Assert.Null(claim.Result));
    }

    [Theory]
    [InlineData(CallStatusResult.Taken)]
    [InlineData(CallStatusResult.Late)]
    [InlineData(CallStatusResult.Unknown)]
    public async Task Claim_HandledEvent_SaysWhatBecameOfIt(CallStatusResult result)
    {
        await ClaimAsync();
        await _store.KeepAsync("shop", "e1", result).Within();

        Assert.Equal(CallStatusClaim.Handled(result), await ClaimAsync());
        Assert.Equal(CallStatusClaim.Handled(result), await ClaimAsync());
    }

    [Fact]
    public async Task Claim_OtherEventOrSite_IsNotThisOne()
    {
        await ClaimAsync();

        Assert.True((await ClaimAsync("shop", "e2")).IsMine);
        Assert.True((await ClaimAsync("other", "e1")).IsMine);
        Assert.True((await ClaimAsync("shop", "E1")).IsMine);
    }

    [Fact]
    public async Task Claim_NeitherHandledNorGivenUp_RunsOut()
    {
        await ClaimAsync();
        Clock.Advance(ICallStatusStore.HandledWithin - Moment);
        Assert.Equal(CallStatusClaim.InHand, await ClaimAsync());

        Clock.Advance(Moment);

        Assert.Equal(CallStatusClaim.Mine, await ClaimAsync());
        Assert.Equal(CallStatusClaim.InHand, await ClaimAsync());
    }

    [Fact]
    public async Task Keep_IsKnownForItsTime()
    {
        await ClaimAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await _store.KeepAsync("shop", "e1", CallStatusResult.Taken).Within();

        Clock.Advance(ICallStatusStore.RememberedFor - Moment);
        Assert.Equal(CallStatusClaim.Handled(CallStatusResult.Taken), await ClaimAsync());
        Clock.Advance(Moment);
        Assert.Equal(CallStatusClaim.Mine, await ClaimAsync());
    }

    [Fact]
    public async Task GiveUp_EventInHand_IsAnybodysAgain()
    {
        await ClaimAsync();

        await _store.GiveUpAsync("shop", "e1").Within();

        Assert.Equal(CallStatusClaim.Mine, await ClaimAsync());
    }

    [Fact]
    public async Task GiveUp_HandledOrUnknownEvent_ChangesNothing()
    {
        await ClaimAsync();
        await _store.KeepAsync("shop", "e1", CallStatusResult.Taken).Within();

        await _store.GiveUpAsync("shop", "e1").Within();
        await _store.GiveUpAsync("shop", "e2").Within();

        Assert.Equal(CallStatusClaim.Handled(CallStatusResult.Taken), await ClaimAsync());
        Assert.Equal(CallStatusClaim.Mine, await ClaimAsync("shop", "e2"));
    }

    private Task<CallStatusClaim> ClaimAsync(string site = "shop", string eventId = "e1") => _store.ClaimAsync(site, eventId).Within();
}
