using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>What every engine of <see cref="ISessionStore"/> must do.</summary>
public abstract class SessionStoreSpecification : IAsyncLifetime
{
    private const string Site = "demo";

    private ISessionStore _store = null!;

    protected ManualTimeProvider Clock { get; } = new();

    private DateTimeOffset Soon => Clock.GetUtcNow().AddMinutes(5);

    public async ValueTask InitializeAsync() => _store = await CreateStoreAsync();

    public async ValueTask DisposeAsync()
    {
        await ReleaseStoreAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<ISessionStore> CreateStoreAsync();

    protected abstract ValueTask ReleaseStoreAsync();

    [Fact]
    public async Task Add_FirstOfTheSite_IsFoundByIdCodeAndAgent()
    {
        var session = await AddedAsync("s1", finder: "f1");

        var read = await FindAsync("s1");
        Assert.Equal(session, read.Session);
        Assert.Equal(Clock.GetUtcNow().ToUnixTimeMilliseconds(), read.Now.ToUnixTimeMilliseconds());
        Assert.Equal("s1", await _store.FindByCodeAsync(Site, "f1").Within());
        Assert.Equal(["s1"], await _store.ListOpenAsync(Site, "anna").Within());
        Assert.Equal([AuditWords.Issued], (await _store.ReadAuditAsync(Site, "s1").Within()).Select(entry => entry.What));
        var agent = await ReadAgentAsync("anna", "r-s1");
        Assert.Equal((1, "s1"), (agent.LastNumber, agent.RequestedSessionId));
        Assert.Null((await ReadAgentAsync("anna", "r-other")).RequestedSessionId);
        Assert.Null((await ReadAgentAsync("bert", "r-s1")).RequestedSessionId);
    }

    [Fact]
    public async Task Find_OnAnotherSite_FindsNothing()
    {
        await AddedAsync("s1", finder: "f1");

        Assert.Null(await _store.FindAsync("other", "s1").Within());
        Assert.Null(await _store.FindByCodeAsync("other", "f1").Within());
        Assert.Empty(await _store.ListOpenAsync("other", "anna").Within());
        Assert.Empty(await _store.ReadAuditAsync("other", "s1").Within());
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await _store.ListDueAsync("other", 10).Within());
    }

    [Fact]
    public async Task Add_FinderOfALivingCode_IsTakenOnThatSiteOnly()
    {
        await AddedAsync("s1", finder: "f1");

        Assert.Equal(AddedSession.FinderTaken, await AddAsync("s2", finder: "f1", agent: "bert"));
        Assert.Null(await _store.FindAsync(Site, "s2").Within());
        Assert.Equal(1, (await ReadAgentAsync("bert", "r")).LastNumber);
        Assert.Equal(AddedSession.Added, await AddAsync("s3", finder: "f1", site: "other"));
    }

    [Fact]
    public async Task Add_WhenWhatWasReadIsNoLongerSo_ChangesNothing()
    {
        var before = await ReadAgentAsync("anna", "r-late");
        await AddedAsync("s1", finder: "f1", agent: "bert");
        Assert.Equal(AddedSession.Changed, await AddAsync("late", finder: "f9", read: before));

        var sameNumber = before with { LastNumber = 1 };
        await AddedAsync("s2", finder: "f2");
        Assert.Equal(AddedSession.Changed, await AddAsync("late", finder: "f9", read: sameNumber with { LastNumber = 2 }));

        var read = await ReadAgentAsync("anna", "r-late");
        Assert.Equal(AddedSession.Changed, await AddAsync("late", finder: "f9", read: read with { OpenSessionIds = ["s1"] }));
        Clock.Advance(ISessionStore.LateAfter + TimeSpan.FromMilliseconds(1));
        Assert.Equal(AddedSession.Changed, await AddAsync("late", finder: "f9", read: read));
        Assert.Null(await _store.FindAsync(Site, "late").Within());
        Assert.Equal(AddedSession.Added, await AddAsync("late", finder: "f9"));
    }

    [Fact]
    public async Task Add_OfARequestThatMadeOneBefore_ChangesNothing()
    {
        await AddedAsync("s1", finder: "f1");
        var read = await ReadAgentAsync("anna", "r-s1");

        Assert.Equal(AddedSession.Changed, await _store.IssueAsync(Site, "s2", read: read, change: session => session with { RequestId = "r-s1" }));
    }

    [Fact]
    public async Task Add_ByManyAtOnce_NumbersThemWithoutHoles()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            while (true)
            {
                if (await AddAsync($"s{i}", $"f{i}", $"agent{i}") == AddedSession.Added)
                {
                    return (await FindAsync($"s{i}")).Session.Number;
                }
            }
        }))).Within();

        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), added.Order());
    }

    [Fact]
    public async Task List_OfASite_AnswersSessionsByNumber()
    {
        Assert.Equal(0, (await _store.ListAsync(Site, 0, 10).Within()).LastNumber);
        foreach (var id in new[] { "s2", "s1", "s3" })
        {
            await AddedAsync(id, finder: id, agent: id);
        }

        var read = await FindAsync("s1");
        await ReplaceAsync(read, read.Session with { State = SessionStates.Ended, Finder = null }, "ended", due: null);

        Assert.Equal(["s2", "s1"], (await _store.ListAsync(Site, 0, 2).Within()).Sessions.Select(session => session.SessionId));
        var rest = await _store.ListAsync(Site, 1, 10).Within();
        Assert.Equal((3, "s1", "s3"), (rest.LastNumber, rest.Sessions[0].SessionId, rest.Sessions[1].SessionId));
        Assert.Empty((await _store.ListAsync("other", 0, 10).Within()).Sessions);
    }

    [Fact]
    public async Task Replace_VersionThatWasRead_IsKeptWithItsAudit()
    {
        await AddedAsync("s1", finder: "f1");
        var read = await FindAsync("s1");

        Assert.True(await ReplaceAsync(read, read.Session with { Failures = 1 }, "tried"));

        var after = await FindAsync("s1");
        Assert.Equal(1, after.Session.Failures);
        var audit = await _store.ReadAuditAsync(Site, "s1").Within();
        Assert.Equal([AuditWords.Issued, "tried"], audit.Select(entry => entry.What));
        Assert.Null(AuditChain.FindBreak(after.Session, audit));
        Assert.Equal("s1", await _store.FindByCodeAsync(Site, "f1").Within());
    }

    [Fact]
    public async Task Replace_VersionThatWasOvertaken_ChangesNothing()
    {
        await AddedAsync("s1", finder: "f1");
        var read = await FindAsync("s1");
        await ReplaceAsync(read, read.Session with { Failures = 1 }, "first");

        Assert.False(await ReplaceAsync(read, read.Session with { State = SessionStates.Ended, Finder = null }, "second"));

        Assert.Equal(1, (await FindAsync("s1")).Session.Failures);
        Assert.Equal(2, (await _store.ReadAuditAsync(Site, "s1").Within()).Count);
        Assert.Equal("s1", await _store.FindByCodeAsync(Site, "f1").Within());
    }

    [Fact]
    public async Task Replace_ByManyAtOnce_IsWonByOne()
    {
        await AddedAsync("s1", finder: "f1");
        var read = await FindAsync("s1");

        var won = await Task.WhenAll(Enumerable.Range(1, 20).Select(i =>
            Task.Run(() => ReplaceAsync(read, read.Session with { Failures = i }, "try")))).Within();

        Assert.Single(won, isWon => isWon);
    }

    [Fact]
    public async Task Replace_ByANodeThatStalled_IsRefused()
    {
        await AddedAsync("s1", finder: "f1");
        var read = await FindAsync("s1");

        Clock.Advance(ISessionStore.LateAfter);
        Assert.True(await ReplaceAsync(read, read.Session with { Failures = 1 }, "in time"));
        read = await FindAsync("s1");
        Clock.Advance(ISessionStore.LateAfter + TimeSpan.FromMilliseconds(1));

        Assert.False(await ReplaceAsync(read, read.Session with { Failures = 2 }, "late"));
        Assert.Equal(1, (await FindAsync("s1")).Session.Failures);
    }

    [Fact]
    public async Task Replace_ByAnEndedOne_IsFoundByIdOnly()
    {
        await AddedAsync("s1", finder: "f1");
        var read = await FindAsync("s1");

        await ReplaceAsync(read, read.Session with { State = SessionStates.Ended, Finder = null }, "ended", due: null);

        Assert.True((await FindAsync("s1")).Session.IsEnded);
        Assert.Null(await _store.FindByCodeAsync(Site, "f1").Within());
        Assert.Empty(await _store.ListOpenAsync(Site, "anna").Within());
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await _store.ListDueAsync(Site, 10).Within());
        Assert.Equal(AddedSession.Added, await AddAsync("s2", finder: "f1"));
    }

    [Fact]
    public async Task ListDue_AtAMoment_AnswersWhatIsDueTheLongestDueFirst()
    {
        await AddedAsync("s1", finder: "f1", agent: "anna");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AddedAsync("s2", finder: "f2", agent: "bert");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AddedAsync("s3", finder: "f3", agent: "carl");

        Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await _store.ListDueAsync(Site, 10).Within());
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["s1"], await _store.ListDueAsync(Site, 10).Within());
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["s1", "s2", "s3"], await _store.ListDueAsync(Site, 10).Within());
        Assert.Equal(["s1", "s2"], await _store.ListDueAsync(Site, 2).Within());

        var read = await FindAsync("s1");
        await ReplaceAsync(read, read.Session, "later", due: Soon);
        Assert.Equal(["s2", "s3"], await _store.ListDueAsync(Site, 10).Within());
    }

    private async Task<SessionReading> FindAsync(string id) => (await _store.FindAsync(Site, id).Within())!;

    private Task<AgentSessions> ReadAgentAsync(string agent, string request) => _store.ReadAgentAsync(Site, agent, request).Within();

    private async Task<CoBrowseSession> AddedAsync(string id, string finder, string agent = "anna")
    {
        Assert.Equal(AddedSession.Added, await AddAsync(id, finder, agent));
        return (await FindAsync(id)).Session;
    }

    private Task<AddedSession> AddAsync(string id, string finder, string agent = "anna", string site = Site, AgentSessions? read = null) =>
        _store.IssueAsync(site, id, agent, read, session => session with { Finder = finder });

    private Task<bool> ReplaceAsync(SessionReading read, CoBrowseSession session, string what, DateTimeOffset? due) =>
        ReplaceAsync(read, SessionStep.Unchanged(session).Write(Roles.Agent, "anna", what), due);

    private Task<bool> ReplaceAsync(SessionReading read, CoBrowseSession session, string what) => ReplaceAsync(read, session, what, Soon);

    private Task<bool> ReplaceAsync(SessionReading read, SessionStep step, DateTimeOffset? due)
    {
        var (session, audit) = SessionRunner.Chain(step, read.Now);
        return _store.ReplaceAsync(read, new SessionWriting(session, due, audit)).Within();
    }
}
