using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CoPilot.Contracts;

namespace CoPilot.HubClient;

/// <summary>A call that the server refused, by the hub or over HTTP.</summary>
public sealed partial class HubRefusalException(string code, string text, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception($"{code}: {text}", inner)
{
    private const string Marker = "HubException: ";

    private static readonly FrozenSet<string> KnownCodes = typeof(ErrorCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToFrozenSet();

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>For a person; nothing may depend on it.</summary>
    public string Text { get; } = text;

    /// <summary>When asking again can succeed; only with <c>rate_limited</c>.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>
    /// Reads <c>code: text</c> behind the first <c>HubException: </c>, which SignalR puts in front. Whatever does not fit is
    /// <c>internal</c>, as <c>src/Contracts/Vectors/errors.json</c> shows.
    /// </summary>
    public static HubRefusalException Parse(string message, Exception? inner = null)
    {
        var start = message.IndexOf(Marker, StringComparison.Ordinal);
        var own = start < 0 ? message : message[(start + Marker.Length)..];
        var colon = own.IndexOf(": ", StringComparison.Ordinal);
        if (start < 0 || colon < 0 || !KnownCodes.Contains(own[..colon]))
        {
            return new HubRefusalException(ErrorCodes.Internal, own, null, inner);
        }

        var code = own[..colon];
        return new HubRefusalException(code, own[(colon + 2)..], code == ErrorCodes.RateLimited ? ReadRetryAfter(own) : null, inner);
    }

    private static TimeSpan? ReadRetryAfter(string text) => RetryAfterMark().Match(text) is { Success: true } match
        ? TimeSpan.FromMilliseconds(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"\bretry_after_ms=(\d{1,9})\s*$")]
    private static partial Regex RetryAfterMark();
}
