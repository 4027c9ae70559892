namespace CoPilot.ChatServer.Sites;

/// <summary>
/// A zone's clock as stretches in which it runs as UTC does. Only the way from UTC is asked for, which has one answer for every moment: a local time may
/// be skipped or come twice. Minutes count from the beginning of year 1, as zones change at whole minutes.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    /// <summary>The longest stretch. No zone has changed its clock twice within six days, so a change is never missed between two ends of the same offset.</summary>
    private const long LongestStretch = 24 * 60;

    private static readonly long Last = DateTime.MaxValue.Ticks / TimeSpan.TicksPerMinute;

    public static long MinuteOf(DateTimeOffset moment) => moment.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>Beyond the years that there are: their last minute.</summary>
    public static DateTimeOffset MomentOf(long minute) => new(Math.Clamp(minute, 0, Last) * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    /// <summary>What the local clock is ahead of UTC, in minutes.</summary>
    public long OffsetAt(long minute) => zone.GetUtcOffset(MomentOf(minute).UtcDateTime).Ticks / TimeSpan.TicksPerMinute;

    /// <summary>From one moment to the other without a hole, in order.</summary>
    public IEnumerable<ClockStretch> Stretches(long from, long to)
    {
        for (var begin = from; begin < to;)
        {
            var offset = OffsetAt(begin);
            var end = Math.Min(begin + LongestStretch, to);
            if (OffsetAt(end - 1) != offset)
            {
                end = FirstChange(begin, end - 1, offset);
            }

            yield return new ClockStretch(begin, end, offset);
            begin = end;
        }
    }

    /// <param name="before">Has the offset.</param>
    /// <param name="after">Has another.</param>
    private long FirstChange(long before, long after, long offset)
    {
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            (before, after) = OffsetAt(middle) == offset ? (middle, after) : (before, middle);
        }

        return after;
    }
}

/// <param name="From">In UTC, as is <paramref name="To"/>.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Offset">What the local clock is ahead.</param>
internal readonly record struct ClockStretch(long From, long To, long Offset);
