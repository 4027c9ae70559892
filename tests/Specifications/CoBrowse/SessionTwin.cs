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

/// <summary>The use cases over one engine. What it answers names sessions by their order, so that two of these can be compared.</summary>
internal sealed class SessionTwin : ISessionNotifier, ICoBrowseAccess, ICoPilotSites, IPageViewer
{
    private const string Site = "demo";
    private const string Pages = "https://shop.example/";

    private static readonly string[] Agents = ["anna", "bert"];
    private static readonly string[] Customers = ["c0", "c1", "c2"];
    private static readonly string[] Paths = ["help", "cart", "checkout/pay", "a/b?c=d"];

    /// <summary>Every way there is; what stays as it is needs none.</summary>
    private static readonly HashSet<(string, string)> Ways =
    [
        (SessionStates.Issued, SessionStates.AwaitingConsent),
        (SessionStates.Issued, SessionStates.Ended),
        (SessionStates.AwaitingConsent, SessionStates.Live),
        (SessionStates.AwaitingConsent, SessionStates.Ended),
        (SessionStates.Live, SessionStates.Paused),
        (SessionStates.Live, SessionStates.Ended),
        (SessionStates.Paused, SessionStates.Live),
        (SessionStates.Paused, SessionStates.Ended),
    ];

    private readonly List<(CreateCodeResult Code, string Agent)> _sessions = [];
    private readonly List<(string SessionId, string Token)> _tokens = [];
    private readonly List<string> _told = [];
    private readonly Dictionary<string, CoBrowseSession> _before = new(StringComparer.Ordinal);
    private readonly SessionSecrets _secrets = new(() => new byte[32]);
    private readonly ISessionStore _store;
    private readonly CustomerSessionService _customers;
    private readonly AgentSessionService _agents;
    private readonly GuidanceService _guidance;
    private readonly GuidedSessions _guided;
    private readonly SessionTimers _timers;

    public SessionTwin(ISessionStore store, TimeProvider clock)
    {
        var (leases, metrics, settings) = (new SessionLeases(clock), new CoBrowseMetrics(new TestMeters()), CoBrowseSettings.Default);
        _guided = new GuidedSessions(clock);
        var runner = new SessionRunner(store, this, _guided, settings, metrics, NullLogger<SessionRunner>.Instance);
        var endless = new RedeemLimit(1_000_000, TimeSpan.FromMinutes(1));
        var throttle = new OwnRedeemThrottle(new RedeemLimits { Connection = endless, Address = endless, Everybody = endless }, clock);
        _store = store;
        _customers = new CustomerSessionService(
            store, runner, _secrets, leases, new OwnLeaseNews(leases), throttle, this, settings, metrics, NullLogger<CustomerSessionService>.Instance);
        _agents = new AgentSessionService(store, runner, _secrets, this, this, this, settings, metrics);
        _guidance = new GuidanceService(runner, _guided, this, this, settings);
        _timers = new SessionTimers(store, runner, this, clock, NullLogger<SessionTimers>.Instance);
    }

    /// <summary>How many sessions somebody agreed to.</summary>
    public int Agreed { get; private set; }

    string? IPageViewer.Url => null;

    public IReadOnlyCollection<string> SiteIds { get; } = [Site];

    private static CoPilotSite Rules { get; } =
        new(new ScopePolicy(new ScopeRules([new ScopeRule("https://shop.example", "/")], ["/checkout"], [])), [], null);

    CoPilotSite? ICoPilotSites.Find(string siteId) => siteId == Site ? Rules : null;

    /// <summary>Anna serves c0's contact.</summary>
    Task<ServedContact?> ICoBrowseAccess.FindServedAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken) =>
        Task.FromResult(agentId == Agents[0] ? new ServedContact(contactId, Customers[0]) : null);

    Task<bool> ICoBrowseAccess.MayWatchAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken) => Task.FromResult(true);

    Task<Outcome<bool>> ICoBrowseAccess.InviteAsync(Invitation invitation, CancellationToken cancellationToken) => Task.FromResult<Outcome<bool>>(true);

    void ISessionNotifier.Tell(SessionNotice notice) => _told.Add(notice switch
    {
        CustomerNotice customer => $"{customer.Lease.ConnectionId}: {Name(customer.Event)} {customer.LosesLease}",
        AgentNotice agent => $"{agent.AgentId}: {Name(agent.Event)}",
        _ => "?",
    });

    /// <summary>What was answered, and who was told what.</summary>
    public async Task<string> LiveAsync(SessionOperation operation)
    {
        _told.Clear();
        var answer = await AnswerAsync(operation);

        // Several sessions at once go in the order of their ids, which are random.
        if (operation.Deed is SessionDeed.Agree or SessionDeed.CreateCode or SessionDeed.SeeAgent or SessionDeed.SignOut or SessionDeed.Look)
        {
            _told.Sort(StringComparer.Ordinal);
        }

        return $"{answer} | {string.Join("; ", _told)}";
    }

    /// <summary>What must hold whatever happened.</summary>
    public async Task CheckAsync()
    {
        var unused = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, (code, _)) in _sessions.Index())
        {
            var session = (await _store.FindAsync(Site, code.SessionId))!.Session;
            Assert.Null(AuditChain.FindBreak(session, await _store.ReadAuditAsync(Site, code.SessionId)));
            Assert.Equal(index + 1, session.Number);
            Assert.True(session.State != SessionStates.Issued || unused.Add(session.AgentId), $"{session.AgentId} has two unused codes.");
            if (_before.TryGetValue(code.SessionId, out var before))
            {
                Assert.True(before.State == session.State || Ways.Contains((before.State, session.State)), $"{before.State} -> {session.State}");
                var flagged = before with { IsFlagged = true, Audit = session.Audit };
                Assert.True(!before.IsEnded || before == session || (!before.IsFlagged && flagged == session), "An ended session changed.");
                Agreed += session.State == SessionStates.Live && before.State == SessionStates.AwaitingConsent ? 1 : 0;
            }

            _before[code.SessionId] = session;
        }
    }

    private async Task<string> AnswerAsync(SessionOperation operation)
    {
        var agent = Caller(Agents[operation.Person % Agents.Length], Roles.Agent, "console");
        var customerId = Customers[operation.Person % Customers.Length];
        var customer = Caller(customerId, Roles.Customer, $"{customerId}-{operation.Tab % 2}");
        switch (operation.Deed)
        {
            case SessionDeed.Agree:
                return await AgreeAsync(agent, customer);
            case SessionDeed.CreateCode:
                return await CreateAsync(agent, $"r{operation.Which % 50}", operation.Which % 3 == 0 ? "k0" : null);
            case SessionDeed.SignOut:
                await _agents.EndAllAsync(Site, agent.Id);
                return "signed out";
            case SessionDeed.Disconnect:
                await _customers.DisconnectAsync(customer.ConnectionId);
                return "disconnected";
            case SessionDeed.SeeAgent:
                await _agents.SeeAsync(Site, agent.Id);
                return "seen";
            case SessionDeed.Look:
                return $"{await _timers.LookAsync()} due";
            case SessionDeed.Resume when _tokens.Count > 0:
                return await ResumeAsync(customer, operation);
            case SessionDeed.Resume:
                return "nothing";
        }

        return _sessions.Count == 0 ? "nothing" : await OfSessionAsync(operation, agent, customer, _sessions[^(1 + (operation.Which % Math.Min(3, _sessions.Count)))]);
    }

    private async Task<string> OfSessionAsync(SessionOperation operation, CoBrowseCaller agent, CoBrowseCaller customer, (CreateCodeResult Code, string Agent) about)
    {
        var id = about.Code.SessionId;
        return operation.Deed switch
        {
            SessionDeed.Redeem => await RedeemAsync(customer, about.Code.Code),
            SessionDeed.RedeemWrong => await RedeemAsync(customer, about.Code.Code[..^1] + (about.Code.Code[^1] == 'A' ? 'B' : 'A')),
            SessionDeed.Consent => Say(await _customers.ConsentAsync(customer, new ConsentRequest(id, true))),
            SessionDeed.Decline => Say(await _customers.ConsentAsync(customer, new ConsentRequest(id, false))),
            SessionDeed.ChangePage => Say(await _customers.ChangePageAsync(
                customer, new PageChangedRequest(id, Pages + Paths[operation.Which % Paths.Length], "Title", new Viewport(operation.Tab, 1)))),
            SessionDeed.Pause => Say(await _customers.PauseAsync(customer, new PauseRequest(id))),
            SessionDeed.Continue => Say(await _customers.ContinueAsync(customer, new ContinueRequest(id))),
            SessionDeed.KeepAlive => Say(await _customers.KeepAliveAsync(customer, new KeepAliveRequest(id, operation.Which % 2 == 0))),
            SessionDeed.EndByCustomer => Say(await _customers.EndAsync(
                customer, new EndRequest(id, operation.Which % 3 == 0 ? SessionEndReasons.NotRequested : null))),
            SessionDeed.EndByAgent => Say(await _agents.EndAsync(agent, new EndRequest(id))),
            SessionDeed.Guide => await GuideAsync(agent, id, operation.Which),
            SessionDeed.Propose => Say(await _guidance.ProposeAsync(agent, new ProposeNavigationRequest(id, "/" + Paths[operation.Which % Paths.Length]))),
            SessionDeed.AnswerProposal => Say(await _customers.AnswerNavigationAsync(
                customer, new AnswerNavigationRequest(id, await LastProposalAsync(id), operation.Which % 2 == 0))),
            _ => Say(await _agents.WatchAsync(agent, new WatchRequest(id))),
        };
    }

    private async Task<string> GuideAsync(CoBrowseCaller agent, string sessionId, int which) => Say((which % 4) switch
    {
        0 => await _guidance.PointAsync(agent, new GuidanceRequest(sessionId, X: 1, Y: 2)),
        1 => await _guidance.HighlightAsync(agent, new GuidanceRequest(sessionId, which + 1)),
        2 => await _guidance.DrawAsync(agent, new GuidanceRequest(sessionId, Points: [1, 2])),
        _ => await _guidance.ScrollAsync(agent, new GuidanceRequest(sessionId, which + 1)),
    });

    private async Task<string> LastProposalAsync(string sessionId) => $"p{(await _store.FindAsync(Site, sessionId))!.Session.Proposals}";

    private async Task<string> AgreeAsync(CoBrowseCaller agent, CoBrowseCaller customer)
    {
        var created = await CreateAsync(agent, $"agreed{_sessions.Count}", contact: null);
        var code = _sessions[^1].Code;
        var redeemed = await RedeemAsync(customer, code.Code);
        var consent = await _customers.ConsentAsync(customer, new ConsentRequest(code.SessionId, true));
        Agreed += consent.IsAccepted ? 1 : 0;
        return $"{created}, {redeemed}, {Say(consent)}";
    }

    private async Task<string> CreateAsync(CoBrowseCaller agent, string requestId, string? contact)
    {
        var outcome = await _agents.CreateCodeAsync(agent, new CreateCodeRequest(requestId, contact));
        if (outcome.IsAccepted && _sessions.All(known => known.Code.SessionId != outcome.Value.SessionId))
        {
            _sessions.Add((outcome.Value, agent.Id));
        }

        return outcome.IsAccepted ? $"code of {Index(outcome.Value.SessionId)}" : outcome.Refusal.Code;
    }

    private async Task<string> RedeemAsync(CoBrowseCaller customer, string code)
    {
        var outcome = await _customers.RedeemAsync(customer, new RedeemCodeRequest(code, Pages + "help", "Help", "1"));
        if (outcome.IsAccepted)
        {
            _tokens.Add((outcome.Value.SessionId, outcome.Value.ResumeToken));
        }

        return outcome.IsAccepted ? $"redeemed {Index(outcome.Value.SessionId)}" : outcome.Refusal.Code;
    }

    private async Task<string> ResumeAsync(CoBrowseCaller customer, SessionOperation operation)
    {
        var (sessionId, token) = _tokens[^(1 + (operation.Which % Math.Min(4, _tokens.Count)))];
        var outcome = await _customers.ResumeAsync(
            customer, new ResumeSessionRequest(sessionId, token, Pages + Paths[operation.Which % Paths.Length], "Title", "1"));
        if (outcome.IsAccepted)
        {
            _tokens.Add((sessionId, outcome.Value.ResumeToken));
        }

        return outcome.IsAccepted ? $"resumed {Index(sessionId)} {outcome.Value.State} {outcome.Value.InScope}" : outcome.Refusal.Code;
    }

    private static CoBrowseCaller Caller(string id, string role, string connectionId) =>
        new(id, role, Site, id, IsVerified: id != Customers[2], connectionId, "address");

    private static string Say<T>(Outcome<T> outcome)
        where T : notnull => outcome.IsAccepted ? $"{outcome.Value}" : outcome.Refusal.Code;

    private int Index(string sessionId) => _sessions.FindIndex(known => known.Code.SessionId == sessionId);

    private string Name(object @event)
    {
        var text = @event.ToString()!;
        foreach (var (index, (code, _)) in _sessions.Index())
        {
            text = text.Replace(code.SessionId, $"#{index}", StringComparison.Ordinal);
        }

        return text;
    }
}
