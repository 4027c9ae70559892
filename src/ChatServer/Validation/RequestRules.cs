using System.Buffers;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Validation;

/// <summary>
/// What the fields of any request must look like, with refusals that name the field. Fields may be null whatever their type says: they come
/// from outside. Thread-safe.
/// </summary>
internal static class RequestRules
{
    /// <summary>Ids that the server made: opaque to clients and far below this; it only bounds what is looked up.</summary>
    private const int OpaqueIdLength = 200;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:");

    /// <summary>An id that the client makes; null when it is well formed.</summary>
    public static Refusal? CheckId(string? id, string field) => CheckId(id, field, Limits.IdLength);

    /// <summary>An id that the server made and the client repeats; null when it can be one.</summary>
    public static Refusal? CheckOpaqueId(string? id, string field) => CheckId(id, field, OpaqueIdLength);

    /// <summary>A name, subject or the like: cleaned, on one line, 1 to <paramref name="length"/> characters.</summary>
    public static Outcome<string> CleanLine(string? text, string field, int length = Limits.NameLength) =>
        Bound(text is null ? "" : PlainText.CleanLine(text), field, length);

    /// <summary>The same for a field that may be left out: what is absent or shows nothing is null.</summary>
    public static Refusal? CleanOptionalLine(string? text, string field, int length, out string? clean)
    {
        clean = text is null ? null : PlainText.CleanLine(text);
        clean = clean is "" ? null : clean;
        return clean?.Length > length ? TooLarge(field, length) : null;
    }

    /// <summary>Text of several lines: cleaned, 1 to <see cref="Limits.TextLength"/> characters.</summary>
    public static Outcome<string> CleanText(string? text, string field) =>
        Bound(text is null ? "" : PlainText.Clean(text), field, Limits.TextLength);

    public static Refusal Invalid(string text) => new(ErrorCodes.Invalid, text);

    private static Outcome<string> Bound(string clean, string field, int length) => clean.Length switch
    {
        0 => Invalid($"{field} is empty."),
        var actual when actual > length => TooLarge(field, length),
        _ => clean,
    };

    private static Refusal TooLarge(string field, int length) => new(ErrorCodes.TooLarge, $"{field} is longer than {length} characters.");

    private static Refusal? CheckId(string? id, string field, int length)
    {
        if (string.IsNullOrEmpty(id))
        {
            return Invalid($"{field} is missing.");
        }

        return id.Length > length || id.AsSpan().ContainsAnyExcept(IdCharacters)
            ? Invalid($"{field} must be 1 to {length} of A-Z a-z 0-9 _ - . :")
            : null;
    }
}
