using System.Collections.Frozen;

namespace CoPilot.ChatServer.Sites;

/// <summary>The intervals of each local day, by the clock on the wall. Days and minutes count from the beginning of year 1, a Monday.</summary>
internal sealed class LocalDays
{
    private const long MinutesPerDay = 24 * 60;
    private const int DaysPerWeek = 7;

    private readonly MinuteInterval[][] _week;
    private readonly FrozenDictionary<long, MinuteInterval[]> _exceptions;

    public LocalDays(IReadOnlyList<OpeningInterval> week, IReadOnlyList<OpeningException> exceptions)
    {
        _week = [.. Enum.GetValues<DayOfWeek>().Select(day => Sorted(week.Where(interval => interval.Day == day).Select(interval => (interval.From, interval.To))))];
        _exceptions = exceptions.ToFrozenDictionary(
            exception => (long)exception.Date.DayNumber,
            exception => Sorted(exception.Intervals.Select(interval => (interval.From, interval.To))));
        LastException = exceptions.Count == 0 ? 0 : (_exceptions.Keys.Max() + 1) * MinutesPerDay;
    }

    /// <summary>The end of the last day that is not as the week says; 0 when there is none.</summary>
    public long LastException { get; }

    public bool IsOpenAt(long localMinute)
    {
        var today = DayOf(localMinute);
        return IsWithin(On(today), localMinute - (today * MinutesPerDay)) || IsWithin(On(today - 1), localMinute - ((today - 1) * MinutesPerDay));
    }

    /// <summary>The open parts of a stretch, by their beginnings. They may touch, and overlap where a day's own hours meet those of the night before.</summary>
    public IEnumerable<MinuteInterval> Within(long from, long to)
    {
        // The first day's night may reach into the stretch.
        for (var day = DayOf(from) - 1; day <= DayOf(to - 1); day++)
        {
            foreach (var interval in On(day))
            {
                var (begin, end) = (Math.Max((day * MinutesPerDay) + interval.From, from), Math.Min((day * MinutesPerDay) + interval.To, to));
                if (begin < end)
                {
                    yield return new MinuteInterval(begin, end);
                }
            }
        }
    }

    private static long DayOf(long localMinute) => Math.DivRem(localMinute, MinutesPerDay) is var (day, rest) && rest < 0 ? day - 1 : day;

    private static bool IsWithin(MinuteInterval[] intervals, long minute) => Array.Exists(intervals, interval => interval.From <= minute && minute < interval.To);

    private static MinuteInterval[] Sorted(IEnumerable<(TimeSpan From, TimeSpan To)> intervals) =>
        [.. intervals.Select(interval => new MinuteInterval((long)interval.From.TotalMinutes, (long)interval.To.TotalMinutes)).OrderBy(interval => interval.From)];

    // The zones' clocks reach two days before the beginning at most.
    private MinuteInterval[] On(long day) =>
        _exceptions.TryGetValue(day, out var own) ? own : _week[(day + (int)DayOfWeek.Monday + DaysPerWeek) % DaysPerWeek];
}

/// <param name="To">Exclusive.</param>
internal readonly record struct MinuteInterval(long From, long To);
