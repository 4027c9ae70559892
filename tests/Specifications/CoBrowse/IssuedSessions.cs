using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>Sessions as the use case for a new code writes them, made up by the test.</summary>
public static class IssuedSessions
{
    /// <param name="read">What the session is made from; null reads it now.</param>
    /// <param name="change">What is not as usual about it.</param>
    public static async Task<AddedSession> IssueAsync(
        this ISessionStore store,
        string siteId,
        string sessionId,
        string agentId = "anna",
        AgentSessions? read = null,
        Func<CoBrowseSession, CoBrowseSession>? change = null)
    {
        read ??= await store.ReadAgentAsync(siteId, agentId, "r-" + sessionId).Within();
        var due = read.Now.AddMinutes(5);
        var session = new CoBrowseSession
        {
            SessionId = sessionId,
            SiteId = siteId,
            Number = read.LastNumber + 1,
            AgentId = agentId,
            AgentName = agentId,
            RequestId = "r-" + sessionId,
            CodeExpiresAt = due,
            Finder = "f-" + sessionId,
            ProofHash = "proof",
            Audit = AuditChain.Begin(siteId, sessionId, read.LastNumber + 1),
        };
        var step = SessionStep.Unchanged(change?.Invoke(session) ?? session).Write(Roles.Agent, agentId, AuditWords.Issued);
        var (issued, audit) = SessionRunner.Chain(step, read.Now);
        return await store.AddAsync(new SessionWriting(issued, due, audit), read).Within();
    }
}
