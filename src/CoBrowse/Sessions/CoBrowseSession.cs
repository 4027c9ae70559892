using CoPilot.CoBrowse.Auditing;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>
/// One agent's look at one customer's pages, from the code to the end; what a store keeps as one document. Immutable: <see cref="SessionSteps"/> makes the next one.
/// Codes and tokens are in it as keyed hashes only, and not any more once they are of no use.
/// </summary>
public sealed record CoBrowseSession
{
    /// <summary>How many numbers of frames a connection has: 291 a second for an hour.</summary>
    public const long FramesOfConnection = 1 << 20;

    public required string SessionId { get; init; }

    public required string SiteId { get; init; }

    /// <summary>Counts the site's sessions from 1 on, without holes; part of the audit's first hash, so that a session which is taken out shows.</summary>
    public required long Number { get; init; }

    public required string AgentId { get; init; }

    public required string AgentName { get; init; }

    /// <summary>Of the call that made it; the same one again answers the same code.</summary>
    public required string RequestId { get; init; }

    public string? ContactId { get; init; }

    /// <summary>Whom the agent serves in the contact; a verified customer who is another counts as not verified.</summary>
    public string? ContactCustomerId { get; init; }

    /// <summary>One of <see cref="SessionStates"/>.</summary>
    public string State { get; init; } = SessionStates.Issued;

    /// <summary>One of <see cref="SessionEndReasons"/>.</summary>
    public string? EndReason { get; init; }

    /// <summary>The customer said that they had not called the shop.</summary>
    public bool IsFlagged { get; init; }

    public required DateTimeOffset CodeExpiresAt { get; init; }

    /// <summary>Which of the codes that <see cref="Codes.SessionSecrets"/> makes for this session it has; the first ones may have been taken.</summary>
    public int CodeAttempt { get; init; }

    /// <summary>Finds the session by the code's beginning, until the customer agreed.</summary>
    public string? Finder { get; init; }

    public string? ProofHash { get; init; }

    /// <summary>Wrong proofs so far.</summary>
    public int Failures { get; init; }

    public string? CustomerId { get; init; }

    public bool IsVerified { get; init; }

    /// <summary>Of the token that was used last; valid until its successor is used.</summary>
    public string? TokenHash { get; init; }

    /// <summary>Of the token that was given for it and not used yet.</summary>
    public string? NextTokenHash { get; init; }

    /// <summary>The one connection that speaks for the customer.</summary>
    public SessionLease? Lease { get; init; }

    /// <summary>Connections that took the session over after the one that redeemed the code.</summary>
    public int Resumes { get; init; }

    /// <summary>
    /// The number of the first frame of the connection that has the session. Each connection has numbers of its own, which an hour does not use up: so they
    /// rise from page to page and from node to node, and no frame need be kept for it.
    /// </summary>
    public long FirstSeq => (Resumes * FramesOfConnection) + 1;

    /// <summary>The agent was told that the customer is silent.</summary>
    public bool IsAway { get; init; }

    public DateTimeOffset? ConsentBy { get; init; }

    /// <summary>The customer did something last; written with a grain of <see cref="CoBrowseSettings.HeardEvery"/>.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>At the latest.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The agent was last known to be connected; written with a grain of <see cref="CoBrowseSettings.AgentSeenEvery"/>.</summary>
    public DateTimeOffset? AgentSeenAt { get; init; }

    public WatchedPage? Page { get; init; }

    /// <summary>Of a page in scope: what paths of proposals stand on. Never told to the agent.</summary>
    public string? PageOrigin { get; init; }

    /// <summary>The last one; gone with a pause.</summary>
    public PageProposal? Proposal { get; init; }

    /// <summary>Proposals so far.</summary>
    public int Proposals { get; init; }

    /// <summary>The audit last said that the agent points.</summary>
    public DateTimeOffset? PointedAt { get; init; }

    public AuditBudget AgentBudget { get; init; } = AuditBudget.Unused;

    public AuditBudget CustomerBudget { get; init; } = AuditBudget.Unused;

    public AuditHead Audit { get; init; } = new(0, "");

    public bool IsEnded => State == SessionStates.Ended;

    /// <summary>The customer agreed, and it has not ended.</summary>
    public bool IsRunning => State is SessionStates.Live or SessionStates.Paused;

    public bool HasCustomer => State is SessionStates.AwaitingConsent or SessionStates.Live or SessionStates.Paused;
}

/// <summary>A page that the agent wants the customer to open.</summary>
/// <param name="Url">The whole address.</param>
/// <param name="Accepted">The customer's answer; null before.</param>
public sealed record PageProposal(string Id, string Url, bool? Accepted = null)
{
    public bool IsOpen => Accepted is null;
}

/// <param name="NodeId">Holds the connection.</param>
/// <param name="HeardAt">Written with a grain of <see cref="CoBrowseSettings.HeardEvery"/>.</param>
/// <param name="DroppedAt">The connection is gone, and nobody took its place yet.</param>
public sealed record SessionLease(string ConnectionId, string NodeId, DateTimeOffset HeardAt, DateTimeOffset? DroppedAt = null);
