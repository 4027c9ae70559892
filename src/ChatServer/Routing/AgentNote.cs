using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>What an agent leaves behind for colleagues when a contact ends.</summary>
internal static class AgentNote
{
    /// <summary>How it ended and what is to be said about it, as one note of the log; null when there is neither.</summary>
    public static string? Join(string? disposition, string? note) => (disposition, note) switch
    {
        (null, _) => note,
        (_, null) => disposition,
        _ => $"{disposition}\n{note[..Math.Min(note.Length, Limits.TextLength - disposition.Length - 1)]}",
    };
}
