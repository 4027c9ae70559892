namespace CoPilot.ChatServer.Sites;

/// <summary>
/// One weekly list of opening intervals in one zone. A pure function of the moment asked about: nothing is cached or
/// written down, so a change of zone rules or of daylight saving is right the moment it happens.
/// </summary>
public sealed class OpeningHours
{
    /// <summary>How far ahead the next opening is looked for; a weekly list repeats after seven days.</summary>
    private const int DaysAhead = 8;

    private readonly IReadOnlyList<OpeningInterval> _intervals;
    private readonly TimeZoneInfo _zone;

    public OpeningHours(IReadOnlyList<OpeningInterval> intervals, TimeZoneInfo zone)
    {
        _intervals = intervals;
        _zone = zone;
    }

    /// <summary>Open around the clock.</summary>
    public static OpeningHours Always { get; } = new(
        [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningInterval(day, TimeSpan.Zero, TimeSpan.FromDays(1)))],
        TimeZoneInfo.Utc);

    public bool IsOpenAt(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, _zone);
        foreach (var interval in _intervals)
        {
            if (interval.Day == local.DayOfWeek && interval.From <= local.TimeOfDay && local.TimeOfDay < interval.To)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next moment at which it opens; null while open, and when it never opens.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset moment)
    {
        if (IsOpenAt(moment))
        {
            return null;
        }

        var today = TimeZoneInfo.ConvertTime(moment, _zone).Date;
        for (var ahead = 0; ahead < DaysAhead; ahead++)
        {
            if (FirstOpening(today.AddDays(ahead), moment) is { } opening)
            {
                return opening;
            }
        }

        return null;
    }

    private DateTimeOffset? FirstOpening(DateTime day, DateTimeOffset after)
    {
        var (begin, end) = (BeginOf(day), BeginOf(day.AddDays(1)));
        if (end - begin != TimeSpan.FromDays(1))
        {
            return FirstOpeningOfOddDay(begin > after ? begin : after, end);
        }

        DateTimeOffset? first = null;
        foreach (var interval in _intervals)
        {
            var opening = begin + interval.From;
            if (interval.Day == day.DayOfWeek && opening > after && (first is null || opening < first))
            {
                first = opening;
            }
        }

        return first;
    }

    /// <summary>
    /// A day on which the clock changes: it may skip the time of an opening, or come back into an interval that it has left. Looking at each minute
    /// is right in every such case, and there are few such days.
    /// </summary>
    private DateTimeOffset? FirstOpeningOfOddDay(DateTimeOffset from, DateTimeOffset end)
    {
        var wholeMinute = new DateTimeOffset(from.UtcTicks - (from.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        for (var minute = wholeMinute; minute < end; minute = minute.AddMinutes(1))
        {
            if (minute >= from && IsOpenAt(minute))
            {
                return minute;
            }
        }

        return null;
    }

    /// <summary>The first moment of a local day; where midnight is skipped that is when the clock has jumped, and where it comes twice the first time.</summary>
    private DateTimeOffset BeginOf(DateTime day)
    {
        while (_zone.IsInvalidTime(day))
        {
            day = day.AddMinutes(1);
        }

        var offset = _zone.IsAmbiguousTime(day) ? _zone.GetAmbiguousTimeOffsets(day).Max() : _zone.GetUtcOffset(day);
        return new DateTimeOffset(day, offset).ToUniversalTime();
    }
}

/// <param name="To">After <paramref name="From"/>, at most 24 hours.</param>
public sealed record OpeningInterval(DayOfWeek Day, TimeSpan From, TimeSpan To);
