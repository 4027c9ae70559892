using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.HubClient;

/// <summary>A call that the server refused, by the hub or over HTTP.</summary>
public sealed class HubRefusalException(string code, string text, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception($"{code}: {text}", inner)
{
    private const string Marker = "HubException: ";
    private const string RetryMarker = "retry_after_ms=";
    private static readonly SearchValues<char> CodeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    /// <summary>One of <see cref="Contracts.ErrorCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>For a person; nothing may depend on it.</summary>
    public string Text { get; } = text;

    /// <summary>When asking again can succeed, with <c>rate_limited</c>.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Reads <c>code: text</c>, in front of which SignalR puts words of its own; null for an error that is no refusal.</summary>
    public static HubRefusalException? Parse(string message, HubException? inner = null)
    {
        var start = message.IndexOf(Marker, StringComparison.Ordinal);
        var refusal = start < 0 ? message : message[(start + Marker.Length)..];
        var colon = refusal.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0 || refusal.AsSpan(0, colon).ContainsAnyExcept(CodeLetters))
        {
            return null;
        }

        return new HubRefusalException(refusal[..colon], refusal[(colon + 2)..], ReadRetryAfter(refusal), inner);
    }

    private static TimeSpan? ReadRetryAfter(string refusal)
    {
        var start = refusal.LastIndexOf(RetryMarker, StringComparison.Ordinal);
        return start >= 0 && int.TryParse(refusal.AsSpan(start + RetryMarker.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
    }
}
