using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.TestKit;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>What people can rely on, over every engine.</summary>
public abstract class SessionUseSpecification : IAsyncLifetime
{
    private SessionUseWorld _world = null!;

    protected ManualTimeProvider Clock { get; } = new();

    public async ValueTask InitializeAsync() => _world = new SessionUseWorld(await CreateStoreAsync(), Clock);

    public async ValueTask DisposeAsync()
    {
        await ReleaseStoreAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ISessionStore> CreateStoreAsync();

    protected abstract ValueTask ReleaseStoreAsync();

    [Fact]
    public async Task Redeem_RightCodeByManyAtOnce_WorksForOne()
    {
        var code = await _world.CreateAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            Task.Run(() => _world.RedeemAsync(SessionUseWorld.CustomerOf(number), code.Code)))).Within();

        var winner = Assert.Single(outcomes.Index(), outcome => outcome.Item.IsAccepted).Index;
        Assert.All(outcomes.Where(outcome => !outcome.IsAccepted), outcome => Assert.Equal(ErrorCodes.NotFound, outcome.Refusal!.Code));
        var (session, audit) = (await _world.ReadAsync(code.SessionId), await _world.AuditAsync(code.SessionId));
        Assert.Equal((SessionUseWorld.CustomerOf(winner).Id, 0), (session.CustomerId, session.Failures));
        Assert.Equal([AuditWords.Issued, AuditWords.Redeemed], audit.Select(entry => entry.What));
        Assert.Null(AuditChain.FindBreak(session, audit));
    }

    /// <summary>The worst moments: one call just too early to be written, and keep-alives that are trusted unasked.</summary>
    [Fact]
    public async Task KeepAlive_EveryTwentySeconds_IsNeverAway()
    {
        var id = await _world.AgreeAsync();
        await PassAsync(9.8);
        await KeepAliveAsync(id);
        await PassAsync(5.1);
        var page = new PageChangedRequest(id, SessionUseWorld.Page, "Title", new Viewport(1, 1));
        Assert.True((await _world.Customers.ChangePageAsync(_world.Customer, page).Within()).IsAccepted);
        await PassAsync(14.9);
        await KeepAliveAsync(id);
        await PassAsync(20);
        await KeepAliveAsync(id);
    }

    [Fact]
    public async Task Refusal_ThatIsNoLoss_LeavesTheConnectionItsSession()
    {
        var id = await _world.AgreeAsync();
        var lost = new List<string>();
        _world.Leases.Lost += (_, sessionId) => lost.Add(sessionId);
        await _world.Guidance.ProposeAsync(_world.Agent, new ProposeNavigationRequest(id, "/one")).Within();
        await _world.Guidance.ProposeAsync(_world.Agent, new ProposeNavigationRequest(id, "/two")).Within();

        var stale = await _world.Customers.AnswerNavigationAsync(_world.Customer, new AnswerNavigationRequest(id, "p1", true)).Within();
        var unknown = await _world.Customers.KeepAliveAsync(_world.Customer, new KeepAliveRequest("x")).Within();

        Assert.Equal((ErrorCodes.Stale, ErrorCodes.NotFound), (stale.Refusal!.Code, unknown.Refusal!.Code));
        Assert.Empty(lost);
        await _world.Agents.EndAsync(_world.Agent, new EndRequest(id)).Within();
        var closed = await _world.Customers.AnswerNavigationAsync(_world.Customer, new AnswerNavigationRequest(id, "p2", true)).Within();
        Assert.Equal(ErrorCodes.Closed, closed.Refusal!.Code);
        Assert.Equal([id], lost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Contact_ThatAnotherAgentServesNow_IsWatchedNoMore(bool comesBack)
    {
        var id = await _world.AgreeAsync("k1");
        await LookAsync(id, comesBack);
        Assert.Equal(SessionStates.Live, (await _world.ReadAsync(id)).State);

        _world.ServedBy = "bert";
        await LookAsync(id, comesBack);

        var (session, audit) = (await _world.ReadAsync(id), await _world.AuditAsync(id));
        Assert.Equal(SessionEndReasons.EndedByAgent, session.EndReason);
        Assert.Equal((AuditWords.Ended, Roles.System), (audit[^1].What, audit[^1].Role));
    }

    [Fact]
    public async Task Invite_OfACodeForAContact_SaysForWhomAndForHowLongAndIsWrittenDown()
    {
        var code = await _world.CreateAsync("k1");
        await PassAsync(12);

        Assert.True((await _world.Agents.InviteAsync(_world.Agent, new InviteRequest(code.SessionId, "v1")).Within()).IsAccepted);

        Assert.Equal(("k1", "v1"), (_world.Invited!.ContactId, _world.Invited.ConversationId));
        Assert.Equal(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(12), _world.Invited.CodeLeft);
        var entry = (await _world.AuditAsync(code.SessionId))[^1];
        Assert.Equal((AuditWords.Invited, "v1", "anna"), (entry.What, entry.Data, entry.Who));
    }

    private async Task LookAsync(string id, bool comesBack)
    {
        if (comesBack)
        {
            Assert.True((await _world.Agents.WatchAsync(_world.Agent, new WatchRequest(id)).Within()).IsAccepted);
        }
        else
        {
            await _world.Agents.SeeAsync(SessionUseWorld.Site, _world.Agent.Id).Within();
        }
    }

    private async Task KeepAliveAsync(string id)
    {
        Assert.False((await _world.ReadAsync(id)).IsAway);
        Assert.True((await _world.Customers.KeepAliveAsync(_world.Customer, new KeepAliveRequest(id)).Within()).IsAccepted);
    }

    private async Task PassAsync(double seconds)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        await _world.Timers.LookAsync().Within();
    }
}
