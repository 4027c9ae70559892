using System.Globalization;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>What call-backs say no to, in words for a person; never with a number in them.</summary>
internal static class CallbackRefusals
{
    public static readonly Refusal NoNumber = new(ErrorCodes.Invalid, "phone is missing.");

    public static readonly Refusal MalformedNumber = new(
        ErrorCodes.Invalid, "phone must be a number with its country code: + and 8 to 15 digits, the first not 0, nothing between them.");

    public static readonly Refusal OtherCountry = new(ErrorCodes.Invalid, "phone begins with a country code that is not called from here.");

    public static readonly Refusal BlockedNumber = new(
        ErrorCodes.Invalid, "phone is of a kind that is not called from here, such as premium-rate and emergency numbers.");

    public static readonly Refusal OneOfBoth = new(ErrorCodes.Invalid, "Give either contactId or manageToken.");

    public static readonly Refusal NoSuchSite = new(ErrorCodes.NotFound, "There is no such site.");

    public static readonly Refusal BadMoment = new(ErrorCodes.Invalid, "from must be a moment in ISO 8601 with an offset.");

    /// <summary>Does not say which limit it was: that a number was asked for by others is nobody's business.</summary>
    public static Refusal TooManyRequests(TimeSpan retryAfter)
    {
        var milliseconds = Math.Max(1, (long)retryAfter.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return new Refusal(ErrorCodes.RateLimited, $"Too many call-backs were asked for; retry_after_ms={milliseconds}");
    }
}
