using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>An agent whose contact is <c>k1</c>, and as many customers as are asked for.</summary>
internal sealed class SessionUseWorld(ISessionStore store, TimeProvider clock) : SessionNode(store, clock)
{
    public const string Page = Shop + "/help";

    public CoBrowseCaller Agent { get; } = new("anna", Roles.Agent, Site, "Anna", false, "console", "network");

    public CoBrowseCaller Customer { get; } = CustomerOf(1);

    /// <summary>Whoever serves the contact now.</summary>
    public string ServedBy { get; set; } = "anna";

    /// <summary>The last one that was asked for.</summary>
    public Invitation? Invited { get; private set; }

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

    public override Task<ServedContact?> FindServedAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default) =>
        Task.FromResult(agentId == ServedBy ? new ServedContact(contactId, Customer.Id) : null);

    public override Task<bool> MayWatchAsync(string siteId, string agentId, string contactId, CancellationToken cancellationToken = default) =>
        Task.FromResult(agentId == ServedBy);

    public override Task<Outcome<bool>> InviteAsync(Invitation invitation, CancellationToken cancellationToken = default)
    {
        Invited = invitation;
        return Task.FromResult<Outcome<bool>>(true);
    }

    public override void Tell(SessionNotice notice)
    {
    }
}
