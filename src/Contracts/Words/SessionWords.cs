namespace CoPilot.Contracts;

/// <summary>Where a Co-Pilot session stands. <c>issued -> awaiting_consent -> live &lt;-> paused -> ended</c>; it can end from everywhere.</summary>
public static class SessionStates
{
    /// <summary>There is a code, and nobody has used it.</summary>
    public const string Issued = "issued";

    /// <summary>Somebody has used the code, and is asked whether they want it.</summary>
    public const string AwaitingConsent = "awaiting_consent";

    public const string Live = "live";

    /// <summary>The customer shows nothing for a while.</summary>
    public const string Paused = "paused";

    public const string Ended = "ended";
}

/// <summary>Why a Co-Pilot session ended.</summary>
public static class SessionEndReasons
{
    public const string CodeExpired = "code_expired";

    /// <summary>The agent asked for another code.</summary>
    public const string Replaced = "replaced";

    /// <summary>Too many wrong proofs of the code.</summary>
    public const string TooManyTries = "too_many_tries";

    /// <summary>The customer did not want it.</summary>
    public const string Declined = "declined";

    public const string ConsentTimeout = "consent_timeout";

    /// <summary>The customer did not call the shop: somebody else had asked them to type a code.</summary>
    public const string NotRequested = "not_requested";

    public const string EndedByCustomer = "ended_by_customer";
    public const string EndedByAgent = "ended_by_agent";
    public const string AgentSignedOut = "agent_signed_out";

    /// <summary>The customer's lease ran out: nothing was heard for too long.</summary>
    public const string CustomerGone = "customer_gone";

    /// <summary>The customer's page was there, and nothing happened on it.</summary>
    public const string Idle = "idle";

    public const string TimeLimit = "time_limit";

    /// <summary>The customer's browser sent what an honest one never does.</summary>
    public const string UnsafeContent = "unsafe_content";

    /// <summary>The page has more in it than can be shown.</summary>
    public const string PageTooLarge = "page_too_large";

    /// <summary>Another page took the session over; said to the connection that lost it, and the session goes on.</summary>
    public const string Displaced = "displaced";
}
