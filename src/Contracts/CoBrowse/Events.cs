namespace CoPilot.Contracts.CoBrowse;

/// <summary>Somebody typed a code that begins like this session's and is wrong.</summary>
/// <param name="Failures">So far; the code is void after five.</param>
public sealed record CodeTriedEvent(string SessionId, int Failures);

/// <summary>The customer is there: with the code, or again on another page or after a drop.</summary>
/// <param name="Verified">The shop vouches for them, and they are the contact's customer when the session has a contact.</param>
/// <param name="Returned">They were there before.</param>
/// <param name="PageUrl">The path of the page, when it is in scope.</param>
public sealed record CustomerJoinedEvent(string SessionId, bool Verified, bool Returned, string? PageUrl = null);

/// <param name="EndsAt">The session ends then at the latest.</param>
public sealed record ConsentGivenEvent(string SessionId, DateTimeOffset EndsAt);

public sealed record PageShownEvent(string SessionId, WatchedPage Page);

public sealed record PausedEvent(string SessionId);

public sealed record ContinuedEvent(string SessionId);

/// <summary>Nothing was heard of the customer for a while; after the lease the session ends.</summary>
public sealed record CustomerAwayEvent(string SessionId);

public sealed record SessionStartedEvent(string SessionId, string AgentName);

/// <param name="Reason">One of <see cref="SessionEndReasons"/>.</param>
public sealed record SessionEndedEvent(string SessionId, string Reason);
