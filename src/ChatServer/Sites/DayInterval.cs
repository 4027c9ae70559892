using System.Globalization;

namespace CoPilot.ChatServer.Sites;

/// <summary>A stretch of the clock on the wall, whole minutes. It belongs to the day that it begins on, its part past midnight too.</summary>
/// <param name="From">Below 24 hours.</param>
/// <param name="To">After <paramref name="From"/>, by at most 24 hours: 26 hours is two in the morning after.</param>
public sealed record DayInterval(TimeSpan From, TimeSpan To)
{
    private static readonly TimeSpan WholeDay = TimeSpan.FromDays(1);

    /// <summary>Reads <c>09:00-17:00</c>, <c>00:00-24:00</c> and, over midnight, <c>22:00-02:00</c>; null for anything else, and where both ends are the same, which could mean a day or nothing.</summary>
    public static DayInterval? Parse(string? text)
    {
        var ends = (text ?? "").Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || ParseTime(ends[0]) is not { } from || ParseEnd(ends[1]) is not { } to || from == to)
        {
            return null;
        }

        return new DayInterval(from, from < to ? to : to + WholeDay);
    }

    private static TimeSpan? ParseEnd(string text) => text == "24:00" ? WholeDay : ParseTime(text);

    private static TimeSpan? ParseTime(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
}

/// <summary>A <see cref="DayInterval"/> of every such day of the week.</summary>
public sealed record OpeningInterval(DayOfWeek Day, TimeSpan From, TimeSpan To)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Over midnight into the next day, and from Saturday into Sunday, too.</summary>
    public bool Overlaps(OpeningInterval other)
    {
        var apart = TimeSpan.FromDays(other.Day - Day);
        return Meets(apart) || Meets(apart + Week) || Meets(apart - Week);

        bool Meets(TimeSpan later) => From < other.To + later && other.From + later < To;
    }
}

/// <summary>What counts on one date in place of the week's intervals; none is closed.</summary>
public sealed record OpeningException(DateOnly Date, IReadOnlyList<DayInterval> Intervals);

/// <summary>A time for which it is open without a break.</summary>
/// <param name="To">Closed again from here on.</param>
public readonly record struct Opening(DateTimeOffset From, DateTimeOffset To);
