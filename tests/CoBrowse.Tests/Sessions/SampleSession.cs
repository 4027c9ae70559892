using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Tests.Sessions;

/// <summary>One session of agent <c>a1</c> at each stage, as the steps themselves make it, and the customer's tab on a page of the shop.</summary>
internal static class SampleSession
{
    public const string Shop = "https://shop.example";

    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public static CoBrowseSettings Settings => CoBrowseSettings.Default;

    public static SessionHolder Tab { get; } = new("c1", "tab", "node");

    public static CustomerPage Help { get; } = new(new WatchedPage(true, "/help", "Help"), Shop);

    public static CoBrowseSession Issued { get; } = new()
    {
        SessionId = "s1",
        SiteId = "demo",
        Number = 1,
        AgentId = "a1",
        AgentName = "Bo",
        RequestId = "r1",
        CodeExpiresAt = Start + Settings.CodeLife,
        Finder = "finder",
        ProofHash = "proof",
        Audit = AuditChain.Begin("demo", "s1", 1),
    };

    public static CoBrowseSession Joined { get; } = Redeem(Issued, Tab, Start).Session;

    public static CoBrowseSession Live { get; } = SessionSteps.Consent(Joined, Tab, true, Start, Settings).Session;

    public static SessionStep Redeem(CoBrowseSession session, SessionHolder holder, DateTimeOffset at, string proof = "proof", string token = "t1") =>
        SessionSteps.Redeem(session, new RedeemInput(holder, true, proof, token, Help), at, Settings);
}
