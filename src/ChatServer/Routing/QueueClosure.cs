using System.Globalization;
using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Routing;

/// <summary>A queue that a supervisor has closed for now: while it lasts it counts as closed, whatever its hours.</summary>
/// <param name="Until">Null until somebody opens it.</param>
/// <param name="OpensAt">The first moment from the end on at which its hours have it open; null when nobody knows.</param>
public sealed record QueueClosure(DateTimeOffset? Until, DateTimeOffset? OpensAt)
{
    internal static QueueClosure Of(QueueSettings queue, DateTimeOffset? until) =>
        until is { } end ? new QueueClosure(end, queue.Hours.IsOpenAt(end) ? end : queue.Hours.NextOpening(end)) : new QueueClosure(null, null);

    /// <summary>As scripts keep it: <c>&lt;end&gt; &lt;opening&gt;</c> in Unix milliseconds, <c>-</c> for what nobody knows.</summary>
    internal string Write() => $"{Write(Until)} {Write(OpensAt)}";

    /// <summary>Null for no closure.</summary>
    internal static QueueClosure? Read(string? text) =>
        text?.Split(' ') is [var until, var opensAt] ? new QueueClosure(ReadMoment(until), ReadMoment(opensAt)) : null;

    private static string Write(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "-";

    private static DateTimeOffset? ReadMoment(string moment) =>
        moment == "-" ? null : DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(moment, NumberStyles.None, CultureInfo.InvariantCulture));
}

/// <param name="Until">Null until somebody opens it.</param>
public sealed record CloseQueueCommand(string SiteId, string Queue, DateTimeOffset? Until, Supervisor By);

public sealed record OpenQueueCommand(string SiteId, string Queue, Supervisor By);

/// <param name="ContactId">Of one that nobody serves yet.</param>
public sealed record MoveContactCommand(string SiteId, string ContactId, string ToQueue, Supervisor By);

/// <param name="ContactId">Of one that waits.</param>
/// <param name="HeadStart">Whole seconds, 0 to <see cref="LinePlace.GreatestHeadStart"/>.</param>
public sealed record SetHeadStartCommand(string SiteId, string ContactId, int HeadStart, Supervisor By);

/// <summary>Whose doing something is; the name is the one they had then.</summary>
public sealed record Supervisor(string AgentId, string Name);
