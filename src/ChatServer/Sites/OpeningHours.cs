namespace CoPilot.ChatServer.Sites;

/// <summary>
/// A calendar: the opening hours of a week in one zone, and the dates that differ from it. Open is when the clock on the wall says so: an hour that the
/// clock skips is never open, one that comes twice is open, or closed, twice. An exception takes the place of the intervals that begin on its date, with
/// their part past midnight; what ran over midnight into the date belongs to the day before and stays.
/// Immutable, and a pure function of the moment asked about, exact to the minute: openings begin and end with whole minutes.
/// </summary>
public sealed class OpeningHours
{
    /// <summary>A week repeats after seven days, but a clock that changes may skip an interval or a gap of it in one week, and in some zones again in the next.</summary>
    private const long MinutesToSeeAll = 3 * 7 * 24 * 60;

    private readonly LocalDays _days;
    private readonly ZoneClock _clock;

    /// <param name="exceptions">At most one for a date.</param>
    public OpeningHours(IReadOnlyList<OpeningInterval> intervals, TimeZoneInfo zone, IReadOnlyList<OpeningException>? exceptions = null)
    {
        _days = new LocalDays(intervals, exceptions ?? []);
        _clock = new ZoneClock(zone);
        Zone = zone.Id;
    }

    /// <summary>Its name, as it was configured.</summary>
    public string Zone { get; }

    /// <summary>Open around the clock.</summary>
    public static OpeningHours Always { get; } = new(
        [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningInterval(day, TimeSpan.Zero, TimeSpan.FromDays(1)))],
        TimeZoneInfo.Utc);

    public bool IsOpenAt(DateTimeOffset moment) => IsOpenAt(ZoneClock.MinuteOf(moment));

    /// <summary>The next moment at which it opens; null while open, and when it never opens.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset moment)
    {
        var minute = ZoneClock.MinuteOf(moment);
        return !IsOpenAt(minute) && FirstOpening(minute) is { } next ? ZoneClock.MomentOf(next.From) : null;
    }

    /// <summary>The end of the present opening; null while closed, and when it never ends.</summary>
    public DateTimeOffset? ClosesAt(DateTimeOffset moment)
    {
        var minute = ZoneClock.MinuteOf(moment);
        return IsOpenAt(minute) && FirstOpening(minute) is { } present && present.To < AllSeenAt(minute) ? ZoneClock.MomentOf(present.To) : null;
    }

    /// <summary>The openings between two moments, in order and with a gap between each two; the first and the last are cut at the moments. Found as they are taken.</summary>
    public IEnumerable<Opening> Openings(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var opening in OpeningMinutes(ZoneClock.MinuteOf(from), ZoneClock.MinuteOf(to) + 1))
        {
            var (begin, end) = (Later(ZoneClock.MomentOf(opening.From), from), Earlier(ZoneClock.MomentOf(opening.To), to));
            if (begin < end)
            {
                yield return new Opening(begin.ToUniversalTime(), end.ToUniversalTime());
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private bool IsOpenAt(long minute) => _days.IsOpenAt(minute + _clock.OffsetAt(minute));

    private MinuteInterval? FirstOpening(long minute)
    {
        foreach (var opening in OpeningMinutes(minute, AllSeenAt(minute)))
        {
            return opening;
        }

        return null;
    }

    /// <summary>What has not happened from a minute until here never will.</summary>
    private long AllSeenAt(long minute) => Math.Max(minute, _days.LastException) + MinutesToSeeAll;

    /// <summary>In UTC. One that goes on over midnight or over a change of the clock is one.</summary>
    private IEnumerable<MinuteInterval> OpeningMinutes(long from, long to)
    {
        MinuteInterval? present = null;
        foreach (var stretch in _clock.Stretches(from, to))
        {
            foreach (var local in _days.Within(stretch.From + stretch.Offset, stretch.To + stretch.Offset))
            {
                var next = new MinuteInterval(local.From - stretch.Offset, local.To - stretch.Offset);
                if (present is { } before && next.From <= before.To)
                {
                    present = before with { To = Math.Max(before.To, next.To) };
                    continue;
                }

                if (present is { } ended)
                {
                    yield return ended;
                }

                present = next;
            }
        }

        if (present is { } last)
        {
            yield return last;
        }
    }
}
