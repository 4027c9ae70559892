using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>Why sessions say no.</summary>
internal static class SessionRefusals
{
    /// <summary>One text for every code that does not work: wrong, used, void, expired, another site's.</summary>
    public static readonly Refusal NoSuchCode = new(ErrorCodes.NotFound, "This code does not work. Ask for a new one.");

    /// <summary>Also of what is somebody else's.</summary>
    public static readonly Refusal NoSuchSession = new(ErrorCodes.NotFound, "There is no such session.");

    public static readonly Refusal NoSuchContact = new(ErrorCodes.NotFound, "There is no such contact.");

    public static readonly Refusal Ended = new(ErrorCodes.Closed, "The session has ended.");

    public static readonly Refusal NotYours = new(ErrorCodes.Stale, "Another page has the session.");

    public static readonly Refusal NotNow = new(ErrorCodes.Stale, "The session has moved on.");

    public static readonly Refusal NotYet = new(ErrorCodes.Conflict, "The customer has not agreed.");

    public static readonly Refusal NothingShown = new(ErrorCodes.Conflict, "The customer shows nothing now.");

    public static readonly Refusal AnotherPage = new(ErrorCodes.Conflict, "The customer is on another page by now.");

    public static readonly Refusal NotProposable = new(ErrorCodes.Forbidden, "This page may not be proposed: it is outside the site's scope, or more than a path.");

    public static readonly Refusal AgentsOnly = new(ErrorCodes.Forbidden, "This is for agents.");

    public static readonly Refusal CustomersOnly = new(ErrorCodes.Forbidden, "This is for customers.");

    public static Refusal TooManyTries(TimeSpan retryAfter) => RateLimited("Too many codes were tried", retryAfter);

    public static Refusal TooMuchToCheck(TimeSpan retryAfter) => RateLimited("The page changes faster than it can be checked", retryAfter);

    /// <summary>Whoever hears this does not have the session; of any other refusal they may have it.</summary>
    public static bool AreOfALoss(Refusal refusal) => refusal == NotYours || refusal == Ended || refusal == NoSuchSession;

    public static Refusal Invalid(string text) => new(ErrorCodes.Invalid, text);

    public static Refusal TooLarge(string text) => new(ErrorCodes.TooLarge, text);

    private static Refusal RateLimited(string text, TimeSpan retryAfter) =>
        new(ErrorCodes.RateLimited, $"{text}; retry_after_ms={Math.Max(1, (long)retryAfter.TotalMilliseconds)}");
}
