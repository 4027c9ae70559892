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
            var day = today.AddDays(ahead);
            var opening = _intervals
                .Where(interval => interval.Day == day.DayOfWeek)
                .Select(interval => ToMoment(day + interval.From))
                .Where(candidate => candidate > moment)
                .Order()
                .FirstOrDefault();
            if (opening != default)
            {
                return opening;
            }
        }

        return null;
    }

    /// <summary>A local time that daylight saving skips opens when the clock has jumped; one that comes twice opens the first time.</summary>
    private DateTimeOffset ToMoment(DateTime local)
    {
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}

/// <param name="To">After <paramref name="From"/>, at most 24 hours.</param>
public sealed record OpeningInterval(DayOfWeek Day, TimeSpan From, TimeSpan To);
