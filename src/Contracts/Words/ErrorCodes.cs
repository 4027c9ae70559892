namespace CoPilot.Contracts;

/// <summary>
/// The stable codes of refused calls, the same over HTTP (<c>code</c> of the problem details) and on the hubs
/// (<c>code: text for a person</c>). Clients decide by the code only; the text may change.
/// </summary>
public static class ErrorCodes
{
    /// <summary>The request breaks a rule that the caller could have checked.</summary>
    public const string Invalid = "invalid";

    /// <summary>It does not exist, or the caller may not know that it does.</summary>
    public const string NotFound = "not_found";

    /// <summary>The caller's role may never do this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>Something else stands in the way; the text says what.</summary>
    public const string Conflict = "conflict";

    /// <summary>The fence, state or due time moved on; what the caller saw is no longer so.</summary>
    public const string Stale = "stale";

    /// <summary>The conversation or session has ended.</summary>
    public const string Closed = "closed";

    public const string OutsideHours = "outside_hours";

    public const string QueueFull = "queue_full";

    public const string TooLarge = "too_large";

    /// <summary>The text ends in <c>retry_after_ms=N</c>.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>A store is out of reach and the outcome is unknown: repeat with the same id.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>Our fault; repeating will not help.</summary>
    public const string Internal = "internal";
}
