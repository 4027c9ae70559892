namespace CoPilot.ChatServer.Callbacks;

/// <summary>What a provider tells of an attempt, checked: a word of <see cref="CallStatuses"/> and, when it ended, one of <see cref="CallEndings"/>.</summary>
public sealed record CallStatus(string SiteId, string AttemptId, string Status, string? Outcome);

/// <summary>How a call goes, as its provider sees it.</summary>
public static class CallStatuses
{
    /// <summary>It rings at the customer's.</summary>
    public const string Ringing = "ringing";

    /// <summary>Somebody or something took it, and the agent is connected.</summary>
    public const string Answered = "answered";

    /// <summary>It is over; the outcome says how.</summary>
    public const string Ended = "ended";
}

/// <summary>How a call ended, as its provider sees it.</summary>
public static class CallEndings
{
    public const string Reached = "reached";

    public const string NoAnswer = "no_answer";

    public const string Busy = "busy";

    public const string Voicemail = "voicemail";

    /// <summary>The provider could not call: the number does not exist, or its network failed.</summary>
    public const string Failed = "failed";

    public static bool IsKnown(string? word) => word is Reached or NoAnswer or Busy or Voicemail or Failed;
}

/// <summary>What became of a call status. The numbers are stored.</summary>
public enum CallStatusResult
{
    /// <summary>The attempt stands as it says now.</summary>
    Taken = 1,

    /// <summary>Without effect: the attempt has ended, or is further already.</summary>
    Late = 2,

    /// <summary>Without effect: the site has no such attempt.</summary>
    Unknown = 3,
}

/// <summary>The same as words, for the wire and for measures.</summary>
internal static class CallStatusResults
{
    public static string Of(CallStatusResult result) => result switch
    {
        CallStatusResult.Taken => "taken",
        CallStatusResult.Late => "late",
        _ => "unknown",
    };
}
