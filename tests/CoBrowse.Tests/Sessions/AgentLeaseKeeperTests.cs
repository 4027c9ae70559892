using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Guidance;
using CoPilot.CoBrowse.Hubs;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoPilot.CoBrowse.Tests.Sessions;

public sealed class AgentLeaseKeeperTests : IDisposable
{
    private static readonly CoBrowseSettings Settings = CoBrowseSettings.Default;
    private static readonly CoBrowseCaller Agent = new("a1", Roles.Agent, "demo", "Bo", false, "console", "::1");
    private static readonly TimeSpan Tick = Settings.AgentLease / 3;

    private readonly ManualTimeProvider _clock = new();
    private readonly ConnectedAgents _connected = new();
    private readonly OneSession _store;
    private readonly SessionRunner _runner;
    private readonly AgentLeaseKeeper _keeper;

    public AgentLeaseKeeperTests()
    {
        var metrics = new CoBrowseMetrics(new TestMeters());
        _store = new OneSession(_clock);
        _runner = new SessionRunner(_store, new Nobody(), new GuidedSessions(_clock), Settings, metrics, NullLogger<SessionRunner>.Instance);

        // Keeping sessions asks for no codes, sites and pages.
        var agents = new AgentSessionService(_store, _runner, null!, null!, null!, null!, Settings, metrics);
        _keeper = new AgentLeaseKeeper(_connected, agents, Settings, _clock, NullLogger<AgentLeaseKeeper>.Instance);
    }

    [Fact]
    public async Task Renew_OfAnAgentWhoStaysConnected_KeepsTheSessionForLongerThanTheLease()
    {
        _connected.Add(Agent);
        for (var tick = 0; tick < 9; tick++)
        {
            _clock.Advance(Tick);
            await _keeper.RenewAsync();
            Assert.Equal(SessionStates.Issued, (await LookAsync()).State);
        }
    }

    [Fact]
    public async Task Renew_OfAnAgentWhoIsGone_LetsTheSessionEndAfterTheLease()
    {
        _connected.Add(Agent);
        _clock.Advance(Tick);
        await _keeper.RenewAsync();
        _connected.Remove(Agent);

        _clock.Advance(Settings.AgentLease - TimeSpan.FromMilliseconds(1));
        await _keeper.RenewAsync();
        Assert.Equal(SessionStates.Issued, (await LookAsync()).State);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _keeper.RenewAsync();

        Assert.Equal(SessionEndReasons.AgentSignedOut, (await LookAsync()).EndReason);
    }

    [Fact]
    public async Task Keeper_ThatRuns_RenewsThreeTimesALease()
    {
        _connected.Add(Agent);
        var ticking = _clock.TimerSetAsync();
        await _keeper.StartAsync(CancellationToken.None);
        await ticking.Within();

        _clock.Advance(Tick);

        await Eventually.TrueAsync(() => _store.Session.AgentSeenAt == _clock.GetUtcNow());
        await _keeper.StopAsync(CancellationToken.None);
    }

    public void Dispose() => _keeper.Dispose();

    /// <summary>As the timers do.</summary>
    private async Task<CoBrowseSession> LookAsync()
    {
        await _runner.RunAsync("demo", "s1", (session, _) => SessionStep.Unchanged(session));
        return _store.Session;
    }

    private sealed class Nobody : ISessionNotifier
    {
        public void Tell(SessionNotice notice)
        {
        }
    }

    /// <summary>One agent's session, with a code that outlives every test.</summary>
    private sealed class OneSession(TimeProvider clock) : ISessionStore
    {
        private long _version;

        public CoBrowseSession Session { get; private set; } = SampleSession.Issued with
        {
            CodeExpiresAt = clock.GetUtcNow().AddDays(1),
            AgentSeenAt = clock.GetUtcNow(),
        };

        public Task<SessionReading?> FindAsync(string siteId, string sessionId, CancellationToken cancellationToken = default) =>
            Task.FromResult<SessionReading?>(new SessionReading(Session, _version, clock.GetUtcNow()));

        public Task<bool> ReplaceAsync(SessionReading read, SessionWriting writing, CancellationToken cancellationToken = default)
        {
            Assert.Equal(_version++, read.Version);
            Session = writing.Session;
            return Task.FromResult(true);
        }

        public Task<IReadOnlyList<string>> ListOpenAsync(string siteId, string agentId, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<string>>(agentId == Agent.Id && !Session.IsEnded ? ["s1"] : []);

        public Task<AgentSessions> ReadAgentAsync(string siteId, string agentId, string requestId, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<AddedSession> AddAsync(SessionWriting added, AgentSessions read, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task<string?> FindByCodeAsync(string siteId, string finder, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> ListDueAsync(string siteId, int limit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<SiteSessions> ListAsync(string siteId, long after, int limit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string siteId, string sessionId, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
