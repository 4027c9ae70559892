using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>The use cases over one engine. What it answers names sessions by their order, so that two of these can be compared.</summary>
internal sealed class SessionTwin(ISessionStore store, TimeProvider clock) : SessionNode(store, clock)
{
    private const string Pages = Shop + "/";

    private static readonly string[] AgentIds = ["anna", "bert"];
    private static readonly string[] CustomerIds = ["c0", "c1", "c2"];
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

    /// <summary>How many sessions somebody agreed to.</summary>
    public int Agreed { get; private set; }

    /// <summary>Anna serves c0's contact.</summary>
    public override Task<ServedContact?> FindServedAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default) =>
        Task.FromResult(agentId == AgentIds[0] ? new ServedContact(contactId, CustomerIds[0]) : null);

    public override Task<bool> MayWatchAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default) => Task.FromResult(true);

    public override Task<Outcome<bool>> InviteAsync(Invitation invitation, CancellationToken cancellationToken = default) => Task.FromResult<Outcome<bool>>(true);

    public override void Tell(SessionNotice notice) => _told.Add(notice switch
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
            var session = (await Store.FindAsync(Site, code.SessionId))!.Session;
            Assert.Null(AuditChain.FindBreak(session, await Store.ReadAuditAsync(Site, code.SessionId)));
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
        var agent = Caller(AgentIds[operation.Person % AgentIds.Length], Roles.Agent, "console");
        var customerId = CustomerIds[operation.Person % CustomerIds.Length];
        var customer = Caller(customerId, Roles.Customer, $"{customerId}-{operation.Tab % 2}");
        switch (operation.Deed)
        {
            case SessionDeed.Agree:
                return await AgreeAsync(agent, customer);
            case SessionDeed.CreateCode:
                return await CreateAsync(agent, $"r{operation.Which % 50}", operation.Which % 3 == 0 ? "k0" : null);
            case SessionDeed.SignOut:
                await Agents.EndAllAsync(Site, agent.Id);
                return "signed out";
            case SessionDeed.Disconnect:
                await Customers.DisconnectAsync(customer.ConnectionId);
                return "disconnected";
            case SessionDeed.SeeAgent:
                await Agents.SeeAsync(Site, agent.Id);
                return "seen";
            case SessionDeed.Look:
                return $"{await Timers.LookAsync()} due";
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
            SessionDeed.Consent => Say(await Customers.ConsentAsync(customer, new ConsentRequest(id, true))),
            SessionDeed.Decline => Say(await Customers.ConsentAsync(customer, new ConsentRequest(id, false))),
            SessionDeed.ChangePage => Say(await Customers.ChangePageAsync(
                customer, new PageChangedRequest(id, Pages + Paths[operation.Which % Paths.Length], "Title", new Viewport(operation.Tab, 1)))),
            SessionDeed.Pause => Say(await Customers.PauseAsync(customer, new PauseRequest(id))),
            SessionDeed.Continue => Say(await Customers.ContinueAsync(customer, new ContinueRequest(id))),
            SessionDeed.KeepAlive => Say(await Customers.KeepAliveAsync(customer, new KeepAliveRequest(id, operation.Which % 2 == 0))),
            SessionDeed.EndByCustomer => Say(await Customers.EndAsync(
                customer, new EndRequest(id, operation.Which % 3 == 0 ? SessionEndReasons.NotRequested : null))),
            SessionDeed.EndByAgent => Say(await Agents.EndAsync(agent, new EndRequest(id))),
            SessionDeed.Guide => await GuideAsync(agent, id, operation.Which),
            SessionDeed.Propose => Say(await Guidance.ProposeAsync(agent, new ProposeNavigationRequest(id, "/" + Paths[operation.Which % Paths.Length]))),
            SessionDeed.AnswerProposal => Say(await Customers.AnswerNavigationAsync(
                customer, new AnswerNavigationRequest(id, await LastProposalAsync(id), operation.Which % 2 == 0))),
            _ => Say(await Agents.WatchAsync(agent, new WatchRequest(id))),
        };
    }

    private async Task<string> GuideAsync(CoBrowseCaller agent, string sessionId, int which) => Say((which % 4) switch
    {
        0 => await Guidance.PointAsync(agent, new GuidanceRequest(sessionId, X: 1, Y: 2)),
        1 => await Guidance.HighlightAsync(agent, new GuidanceRequest(sessionId, which + 1)),
        2 => await Guidance.DrawAsync(agent, new GuidanceRequest(sessionId, Points: [1, 2])),
        _ => await Guidance.ScrollAsync(agent, new GuidanceRequest(sessionId, which + 1)),
    });

    private async Task<string> LastProposalAsync(string sessionId) => $"p{(await Store.FindAsync(Site, sessionId))!.Session.Proposals}";

    private async Task<string> AgreeAsync(CoBrowseCaller agent, CoBrowseCaller customer)
    {
        var created = await CreateAsync(agent, $"agreed{_sessions.Count}", contact: null);
        var code = _sessions[^1].Code;
        var redeemed = await RedeemAsync(customer, code.Code);
        var consent = await Customers.ConsentAsync(customer, new ConsentRequest(code.SessionId, true));
        Agreed += consent.IsAccepted ? 1 : 0;
        return $"{created}, {redeemed}, {Say(consent)}";
    }

    private async Task<string> CreateAsync(CoBrowseCaller agent, string requestId, string? contact)
    {
        var outcome = await Agents.CreateCodeAsync(agent, new CreateCodeRequest(requestId, contact));
        if (outcome.IsAccepted && _sessions.All(known => known.Code.SessionId != outcome.Value.SessionId))
        {
            _sessions.Add((outcome.Value, agent.Id));
        }

        return outcome.IsAccepted ? $"code of {Index(outcome.Value.SessionId)}" : outcome.Refusal.Code;
    }

    private async Task<string> RedeemAsync(CoBrowseCaller customer, string code)
    {
        var outcome = await Customers.RedeemAsync(customer, new RedeemCodeRequest(code, Pages + "help", "Help", "1"));
        if (outcome.IsAccepted)
        {
            _tokens.Add((outcome.Value.SessionId, outcome.Value.ResumeToken));
        }

        return outcome.IsAccepted ? $"redeemed {Index(outcome.Value.SessionId)}" : outcome.Refusal.Code;
    }

    private async Task<string> ResumeAsync(CoBrowseCaller customer, SessionOperation operation)
    {
        var (sessionId, token) = _tokens[^(1 + (operation.Which % Math.Min(4, _tokens.Count)))];
        var outcome = await Customers.ResumeAsync(
            customer, new ResumeSessionRequest(sessionId, token, Pages + Paths[operation.Which % Paths.Length], "Title", "1"));
        if (outcome.IsAccepted)
        {
            _tokens.Add((sessionId, outcome.Value.ResumeToken));
        }

        return outcome.IsAccepted ? $"resumed {Index(sessionId)} {outcome.Value.State} {outcome.Value.InScope}" : outcome.Refusal.Code;
    }

    private static CoBrowseCaller Caller(string id, string role, string connectionId) =>
        new(id, role, Site, id, IsVerified: id != CustomerIds[2], connectionId, "address");

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
