using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Guidance;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;
using Microsoft.Extensions.Logging;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// Takes steps: reads a session, lets time do what is due, takes the step at the store's moment, and replaces what was read with what came out; tells people
/// afterwards. Whoever was overtaken begins anew. Thread-safe.
/// </summary>
public sealed class SessionRunner(ISessionStore store, ISessionNotifier notifier, GuidedSessions guided, CoBrowseSettings settings, CoBrowseMetrics metrics, ILogger<SessionRunner> logger)
{
    /// <summary>A session has two people and a timer on each node; so many overtakings in a row are a fault.</summary>
    private const int Attempts = 20;

    /// <summary>The session after the step; or why not.</summary>
    public async Task<Outcome<CoBrowseSession>> RunAsync(
        string siteId, string sessionId, Func<CoBrowseSession, DateTimeOffset, SessionStep> take, CancellationToken cancellationToken = default)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.FindAsync(siteId, sessionId, cancellationToken) is not { } read)
            {
                return SessionRefusals.NoSuchSession;
            }

            var step = Take(read, take);
            if (step.Session == read.Session && step.Audit.IsEmpty)
            {
                Tell(step);
                return Answer(step);
            }

            var (next, entries) = Chain(step, read.Now);
            if (await store.ReplaceAsync(read, new SessionWriting(next, SessionClock.NextDue(next, settings), entries), cancellationToken))
            {
                Follow(read.Session, next, step);
                return Answer(step with { Session = next });
            }
        }

        throw new StoreUnavailableException($"The session changed {Attempts} times while it was to be changed.");
    }

    /// <summary>The session as it is to be kept, with its entries of the audit.</summary>
    internal static (CoBrowseSession Session, IReadOnlyList<AuditEntry> Entries) Chain(SessionStep step, DateTimeOffset now)
    {
        var head = step.Session.Audit;
        var entries = new AuditEntry[step.Audit.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = AuditChain.Append(head, step.Audit[i], now);
            head = new AuditHead(entries[i].Number, entries[i].Hash);
        }

        return (step.Session with { Audit = head }, entries);
    }

    private static Outcome<CoBrowseSession> Answer(SessionStep step) => step.Refusal is { } refusal ? refusal : step.Session;

    private SessionStep Take(SessionReading read, Func<CoBrowseSession, DateTimeOffset, SessionStep> take)
    {
        var due = SessionClock.Advance(read.Session, read.Now, settings);
        var step = take(due.Session, read.Now);
        return step with { Audit = due.Audit.AddRange(step.Audit), Notices = due.Notices.AddRange(step.Notices) };
    }

    private void Tell(SessionStep step)
    {
        foreach (var notice in step.Notices)
        {
            notifier.Tell(notice);
        }
    }

    private void Follow(CoBrowseSession before, CoBrowseSession after, SessionStep step)
    {
        if (before.State != after.State || before.Page != after.Page || before.Lease?.ConnectionId != after.Lease?.ConnectionId)
        {
            guided.Forget(after.AgentId);
        }

        Tell(step);

        if (after.IsEnded && !before.IsEnded)
        {
            metrics.Ended(after.EndReason!);
            CoBrowseLog.Ended(logger, after.SessionId, after.EndReason!);
        }

        if (after.IsFlagged && !before.IsFlagged)
        {
            CoBrowseLog.NotRequested(logger, after.SessionId, after.AgentId);
        }
    }
}
