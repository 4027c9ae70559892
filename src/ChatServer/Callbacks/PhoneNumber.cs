using System.Text.RegularExpressions;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// A telephone number in E.164. It never shows itself: not as text, in no log, and in no JSON. Who needs the number asks for it by name. Immutable; two of the same
/// number are equal.
/// </summary>
public sealed partial record PhoneNumber
{
    private readonly string _e164;

    private PhoneNumber(string e164) => _e164 = e164;

    /// <summary>Null when it is not in E.164: <c>+</c> and 8 to 15 digits, the first not 0.</summary>
    public static PhoneNumber? Parse(string? text) => text is not null && E164().IsMatch(text) ? new PhoneNumber(text) : null;

    /// <summary>The number itself, to keep, to dial, and for the agent who serves the call-back. For everybody else there is <see cref="PhonePolicy.Mask"/>.</summary>
    public string ToE164() => _e164;

    /// <summary>The same for every number, so that one that gets into a log or a fault's text by accident is not told.</summary>
    public override string ToString() => "(telephone number)";

    // ASCII digits only, where \d would take those of every script.
    [GeneratedRegex(@"\A\+[1-9][0-9]{7,14}\z")]
    private static partial Regex E164();
}
