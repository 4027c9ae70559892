namespace CoPilot.EndToEnd.Chaos;

internal enum FaultKind
{
    /// <summary>Acknowledged and not in the log, or the log has a hole.</summary>
    Lost,

    /// <summary>One author's message id stands in the log twice.</summary>
    Doubled,

    /// <summary>Acknowledged before another was sent and yet behind it, acknowledged with another <c>seq</c>, or pushed in another order.</summary>
    Reordered,

    /// <summary>In the log and never sent, or sent and refused every time; or pushed and not in the log.</summary>
    Phantom,

    WrongText,

    /// <summary>A customer's message that the server refused for good in a conversation that nobody ended.</summary>
    Refused,

    DoubleOwner,

    /// <summary>It waits although agents are free, is served by nobody, or is gone without having ended.</summary>
    Forgotten,

    /// <summary>The log got a new epoch, which says that it was lost or cut back.</summary>
    Restarted,
}

internal sealed record Fault(FaultKind Kind, string ConversationId, string What)
{
    public override string ToString() => $"{Kind} in {ConversationId}: {What}";
}
