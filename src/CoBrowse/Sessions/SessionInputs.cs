using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>A customer's connection that asks something of a session.</summary>
public sealed record SessionHolder(string CustomerId, string ConnectionId, string NodeId);

/// <summary>Where the customer is.</summary>
/// <param name="Shown">As the agent may know it.</param>
/// <param name="Origin">Of a page in scope.</param>
public sealed record CustomerPage(WatchedPage Shown, string? Origin = null);

/// <summary>A code that was typed, and what follows if it is right.</summary>
/// <param name="IsVerified">The shop vouches for the customer.</param>
/// <param name="TokenHash">Of the token that the customer gets.</param>
public sealed record RedeemInput(SessionHolder Holder, bool IsVerified, string ProofHash, string TokenHash, CustomerPage Page);

/// <param name="TokenHash">Of the token that was shown.</param>
/// <param name="NextTokenHash">Of the one that the customer gets for it.</param>
public sealed record ResumeInput(SessionHolder Holder, string TokenHash, string NextTokenHash, CustomerPage Page);
