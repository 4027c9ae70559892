using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Codes;
using CoPilot.CoBrowse.Guidance;
using CoPilot.CoBrowse.Scope;
using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Throttling;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>One node's use cases over a store: an agent whose contact is <c>k1</c>, and as many customers as are asked for.</summary>
internal sealed class SessionUseWorld : ISessionNotifier, ICoBrowseAccess, ICoPilotSites, IPageViewer
{
    public const string Site = "demo";
    public const string Page = "https://shop.example/help";

    private readonly SessionSecrets _secrets = new(() => new byte[32]);

    public SessionUseWorld(ISessionStore store, TimeProvider clock)
    {
        var (metrics, settings, guided) = (new CoBrowseMetrics(new TestMeters()), CoBrowseSettings.Default, new GuidedSessions(clock));
        var runner = new SessionRunner(store, this, guided, settings, metrics, NullLogger<SessionRunner>.Instance);
        var endless = new RedeemLimit(1_000_000, TimeSpan.FromMinutes(1));
        var throttle = new OwnRedeemThrottle(new RedeemLimits { Connection = endless, Address = endless, Everybody = endless }, clock);
        Store = store;
        Leases = new SessionLeases(clock);
        Customers = new CustomerSessionService(
            store, runner, _secrets, Leases, new OwnLeaseNews(Leases), throttle, this, settings, metrics, NullLogger<CustomerSessionService>.Instance);
        Agents = new AgentSessionService(store, runner, _secrets, this, this, this, settings, metrics);
        Guidance = new GuidanceService(runner, guided, this, this, settings);
        Timers = new SessionTimers(store, runner, this, clock, NullLogger<SessionTimers>.Instance);
    }

    public ISessionStore Store { get; }

    public SessionLeases Leases { get; }

    public CustomerSessionService Customers { get; }

    public AgentSessionService Agents { get; }

    public GuidanceService Guidance { get; }

    public SessionTimers Timers { get; }

    public CoBrowseCaller Agent { get; } = new("anna", Roles.Agent, Site, "Anna", false, "console", "network");

    public CoBrowseCaller Customer { get; } = CustomerOf(1);

    /// <summary>Whoever serves the contact now.</summary>
    public string ServedBy { get; set; } = "anna";

    /// <summary>The last one that was asked for.</summary>
    public Invitation? Invited { get; private set; }

    string? IPageViewer.Url => null;

    public IReadOnlyCollection<string> SiteIds { get; } = [Site];

    private static CoPilotSite Rules { get; } =
        new(new ScopePolicy(new ScopeRules([new ScopeRule("https://shop.example", "/")], [], [])), [], null);

    public static CoBrowseCaller CustomerOf(int number) => new($"c{number}", Roles.Customer, Site, null, false, $"tab{number}", "network");

    public async Task<CreateCodeResult> CreateAsync(string? contactId = null) =>
        (await Agents.CreateCodeAsync(Agent, new CreateCodeRequest("r1", contactId)).Within()).Value;

    /// <summary>A session that the customer agreed to. Answers its id.</summary>
    public async Task<string> AgreeAsync(string? contactId = null)
    {
        var code = await CreateAsync(contactId);
        Assert.True((await RedeemAsync(Customer, code.Code)).IsAccepted);
        Assert.True((await Customers.ConsentAsync(Customer, new ConsentRequest(code.SessionId, true)).Within()).IsAccepted);
        return code.SessionId;
    }

    public Task<Outcome<RedeemCodeResult>> RedeemAsync(CoBrowseCaller customer, string code) =>
        Customers.RedeemAsync(customer, new RedeemCodeRequest(code, Page, "Help", "1")).Within();

    public async Task<CoBrowseSession> ReadAsync(string sessionId) => (await Store.FindAsync(Site, sessionId).Within())!.Session;

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(string sessionId) => await Store.ReadAuditAsync(Site, sessionId).Within();

    CoPilotSite? ICoPilotSites.Find(string siteId) => siteId == Site ? Rules : null;

    Task<ServedContact?> ICoBrowseAccess.FindServedAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken) =>
        Task.FromResult(agentId == ServedBy ? new ServedContact(contactId, Customer.Id) : null);

    Task<bool> ICoBrowseAccess.MayWatchAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken) =>
        Task.FromResult(agentId == ServedBy);

    Task<Outcome<bool>> ICoBrowseAccess.InviteAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        Invited = invitation;
        return Task.FromResult<Outcome<bool>>(true);
    }

    void ISessionNotifier.Tell(SessionNotice notice)
    {
    }
}
