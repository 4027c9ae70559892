using CoPilot.CoBrowse.Codes;
using CoPilot.CoBrowse.Guidance;
using CoPilot.CoBrowse.Scope;
using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Throttling;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>One node's use cases over a store, for a shop whose checkout is private. Who serves whom, and what becomes of what is told, is the heir's.</summary>
internal abstract class SessionNode : ISessionNotifier, ICoBrowseAccess, ICoPilotSites, IPageViewer
{
    public const string Site = "demo";
    public const string Shop = "https://shop.example";

    protected SessionNode(ISessionStore store, TimeProvider clock)
    {
        var (secrets, guided) = (new SessionSecrets(() => new byte[32]), new GuidedSessions(clock));
        var (metrics, settings) = (new CoBrowseMetrics(new TestMeters()), CoBrowseSettings.Default);
        var runner = new SessionRunner(store, this, guided, settings, metrics, NullLogger<SessionRunner>.Instance);
        var endless = new RedeemLimit(1_000_000, TimeSpan.FromMinutes(1));
        var throttle = new OwnRedeemThrottle(new RedeemLimits { Connection = endless, Address = endless, Everybody = endless }, clock);
        Store = store;
        Leases = new SessionLeases(clock);
        Customers = new CustomerSessionService(
            store, runner, secrets, Leases, new OwnLeaseNews(Leases), throttle, this, settings, metrics, NullLogger<CustomerSessionService>.Instance);
        Agents = new AgentSessionService(store, runner, secrets, this, this, this, settings, metrics);
        Guidance = new GuidanceService(runner, guided, this, this, settings);
        Timers = new SessionTimers(store, runner, this, clock, NullLogger<SessionTimers>.Instance);
    }

    public ISessionStore Store { get; }

    public SessionLeases Leases { get; }

    public CustomerSessionService Customers { get; }

    public AgentSessionService Agents { get; }

    public GuidanceService Guidance { get; }

    public SessionTimers Timers { get; }

    public IReadOnlyCollection<string> SiteIds { get; } = [Site];

    string? IPageViewer.Url => null;

    private static CoPilotSite Rules { get; } = new(new ScopePolicy(new ScopeRules([new ScopeRule(Shop, "/")], ["/checkout"], [])), [], null);

    public abstract Task<ServedContact?> FindServedAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default);

    public abstract Task<bool> MayWatchAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default);

    public abstract Task<Outcome<bool>> InviteAsync(Invitation invitation, CancellationToken cancellationToken = default);

    public abstract void Tell(SessionNotice notice);

    CoPilotSite? ICoPilotSites.Find(string siteId) => siteId == Site ? Rules : null;
}
