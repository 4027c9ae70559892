using CoPilot.ChatServer.Validation;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Conversations;

/// <summary>The text of a message or note: as <see cref="PlainText"/> cleans it, 1 to <see cref="Contracts.Limits.TextLength"/> UTF-16 units afterwards.</summary>
public static class MessageText
{
    /// <summary>Refusals: <c>invalid</c> when nothing is left, <c>too_large</c>.</summary>
    public static Outcome<string> Normalise(string? text) => RequestRules.CleanText(text, "text");
}
