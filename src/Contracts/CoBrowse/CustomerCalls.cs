namespace CoPilot.Contracts.CoBrowse;

/// <param name="Code">As it was typed: case, blanks and dashes do not matter.</param>
/// <param name="PageUrl">The page on which it was typed.</param>
/// <param name="Version">The script's.</param>
public sealed record RedeemCodeRequest(string Code, string PageUrl, string PageTitle, string Version);

/// <summary>Nothing may be captured before the customer has agreed.</summary>
/// <param name="ResumeToken">For the next page, or after a drop. Kept in the tab and nowhere else.</param>
/// <param name="ShownSelectors">Of the regions whose text is shown without a mark in the page.</param>
/// <param name="Department">As the site calls the people who use Co-Pilot.</param>
public sealed record RedeemCodeResult(
    string SessionId,
    string ResumeToken,
    string AgentName,
    ScopeRules Scope,
    IReadOnlyList<string> ShownSelectors,
    SessionLimits Limits,
    string? Department = null);

/// <summary>What may be shown; everything that no rule names may not. Paths are prefixes of whole segments.</summary>
/// <param name="Excluded">Out of scope on every origin, whatever is allowed.</param>
/// <param name="Dangerous">In scope, but never proposed: pages that do something when they are opened.</param>
public sealed record ScopeRules(IReadOnlyList<ScopeRule> Allowed, IReadOnlyList<string> Excluded, IReadOnlyList<string> Dangerous)
{
    public static ScopeRules Nothing { get; } = new([], [], []);
}

/// <param name="Origin">As a browser writes it: <c>https://www.shop.example</c>.</param>
/// <param name="Path">Begins with a slash.</param>
public sealed record ScopeRule(string Origin, string Path);

/// <param name="KeepAliveSeconds">Say something at least this often.</param>
/// <param name="LeaseSeconds">Not heard for so long, the customer is gone and the session ends.</param>
/// <param name="ConsentSeconds">The answer to the question for consent is waited for this long.</param>
/// <param name="IdleSeconds">Without any activity on the page for so long, the session ends.</param>
/// <param name="TotalSeconds">From consent on, the session lasts this long at the most.</param>
public sealed record SessionLimits(int KeepAliveSeconds, int LeaseSeconds, int ConsentSeconds, int IdleSeconds, int TotalSeconds);

/// <summary>The customer's answer on the page.</summary>
public sealed record ConsentRequest(string SessionId, bool Granted);

/// <summary>After a page load or a drop: this connection has the session from now on, and whichever had it is told that it was displaced.</summary>
public sealed record ResumeSessionRequest(string SessionId, string ResumeToken, string PageUrl, string PageTitle, string Version);

/// <param name="ResumeToken">The next one. The one that was shown stays valid until this one is used.</param>
/// <param name="State">One of <see cref="SessionStates"/>, never <c>issued</c> or <c>ended</c>.</param>
/// <param name="InScope">Whether the page may be shown.</param>
/// <param name="NextSeq">The first frame of this connection has this number, and is a keyframe. After <c>RedeemCode</c> it is 1.</param>
public sealed record ResumeSessionResult(
    string ResumeToken,
    string State,
    string AgentName,
    ScopeRules Scope,
    IReadOnlyList<string> ShownSelectors,
    SessionLimits Limits,
    bool InScope,
    long NextSeq,
    string? Department = null);

/// <summary>When there is nothing else to say.</summary>
/// <param name="Active">Something happened on the page since the last call; without it the session counts as idle.</param>
public sealed record KeepAliveRequest(string SessionId, bool Active = false);

/// <summary>The page, its title or the size of its window changed.</summary>
public sealed record PageChangedRequest(string SessionId, string PageUrl, string PageTitle, Viewport Viewport);

/// <param name="InScope">Otherwise nothing of the page may be captured, and the agent sees that it is private.</param>
public sealed record PageChangedResult(bool InScope);

public sealed record PauseRequest(string SessionId);

public sealed record ContinueRequest(string SessionId);
