using CoPilot.Realtime.Nodes;

namespace CoPilot.Realtime.Backplane;

/// <summary>The kinds of <see cref="NodeFrame"/> that hubs tell each other with; <c>docs/backplane.md</c> has their bodies byte by byte.</summary>
internal static class BackplaneFrame
{
    /// <summary>An event for connections, groups, users or everybody.</summary>
    public const byte Send = 1;

    /// <summary>A connection of the receiver is to enter or leave a group.</summary>
    public const byte ChangeGroup = 2;

    /// <summary>What became of a <see cref="ChangeGroup"/>.</summary>
    public const byte GroupChanged = 3;

    /// <summary>A call to one client, whose answer the sender awaits.</summary>
    public const byte Invoke = 4;

    /// <summary>That answer, or why there will be none.</summary>
    public const byte Result = 5;

    /// <summary>Which of these calls does the receiver still have?</summary>
    public const byte Probe = 6;

    /// <summary>The sender does not await the answer any more.</summary>
    public const byte Forget = 7;

    public static ReadOnlySpan<byte> Kinds => [Send, ChangeGroup, GroupChanged, Invoke, Result, Probe, Forget];
}
