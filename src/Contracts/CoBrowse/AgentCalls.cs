namespace CoPilot.Contracts.CoBrowse;

/// <summary>Asks for a code; an unused one of the same agent is void from then on.</summary>
/// <param name="RequestId">Repeating with the same id answers the same code.</param>
/// <param name="ContactId">One that this agent serves. Then a customer who is signed in and is another is shown as not verified.</param>
public sealed record CreateCodeRequest(string RequestId, string? ContactId = null);

/// <param name="Code">As it is read out: <c>XXX-XXXXX</c>.</param>
/// <param name="ExpiresAt">It can be used until then.</param>
public sealed record CreateCodeResult(string SessionId, string Code, DateTimeOffset ExpiresAt);

/// <summary>Shows the code of a session that nobody joined yet as one click in a chat that this agent serves.</summary>
public sealed record InviteRequest(string SessionId, string ConversationId);

/// <summary>Hears of the session from now on, and reads how it stands.</summary>
public sealed record WatchRequest(string SessionId);

/// <param name="State">One of <see cref="SessionStates"/>.</param>
/// <param name="Verified">The shop vouches for this customer, and they are the contact's when the session has one.</param>
/// <param name="Away">Nothing was heard of the customer for a while.</param>
/// <param name="Failures">Wrong proofs of the code so far.</param>
/// <param name="Page">What the customer looks at; absent unless the session is live.</param>
/// <param name="EndReason">One of <see cref="SessionEndReasons"/>, once it has ended.</param>
/// <param name="EndsAt">The session ends then at the latest; absent before the customer agreed.</param>
/// <param name="ViewerUrl">Where the frame comes from that shows the page.</param>
/// <param name="Pages">What the site offers to propose; any other page of its scope can be proposed too.</param>
public sealed record WatchResult(
    string State,
    bool Verified,
    bool Away,
    int Failures,
    WatchedPage? Page = null,
    DateTimeOffset? EndsAt = null,
    string? EndReason = null,
    string? ViewerUrl = null,
    IReadOnlyList<SitePage>? Pages = null);

/// <summary>A page as the agent may know it.</summary>
/// <param name="PageUrl">The path alone. Absent outside the scope, like the title: that is a private page.</param>
public sealed record WatchedPage(bool InScope, string? PageUrl = null, string? PageTitle = null, Viewport? Viewport = null);

/// <summary>In CSS pixels, 0 to <see cref="Limits.ViewportPixels"/>.</summary>
public sealed record Viewport(int Width, int Height);

/// <summary>By either side.</summary>
/// <param name="Reason">The customer's <see cref="SessionEndReasons.NotRequested"/>, which also flags the session, or
/// <see cref="SessionEndReasons.PageTooLarge"/>; else absent.</param>
public sealed record EndRequest(string SessionId, string? Reason = null);
