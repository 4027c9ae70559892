using CoPilot.ChatServer.Sites;
using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.ChatServer.Tests.Sites;

/// <summary>A calendar around a change of its zone's clock, and what it means by its definition, looked up for one minute at a time.</summary>
/// <param name="Around">A change of the clock, for most.</param>
internal sealed record RandomCalendar(TimeZoneInfo Zone, DateTimeOffset Around, IReadOnlyList<OpeningInterval> Week, IReadOnlyList<OpeningException> Exceptions)
{
    private static readonly DateTimeOffset FirstDay = new(2007, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LastDay = new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Changes at night, at midnight, by half an hour and by two hours, at odd offsets, in summer and for Ramadan, and over the date line.</summary>
    private static readonly (TimeZoneInfo Zone, DateTimeOffset[] Changes)[] Zones =
    [
        .. ((string[])
        [
            "Europe/Amsterdam", "America/New_York", "America/St_Johns", "America/Santiago", "America/Havana", "America/Asuncion", "America/Nuuk", "Asia/Beirut", "Asia/Tehran",
            "Africa/Cairo", "Africa/Casablanca", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia", "Pacific/Chatham", "Atlantic/Azores", "Asia/Kathmandu",
        ]).Select(TimeZoneInfo.FindSystemTimeZoneById).Select(zone => (zone, ChangesOf(zone))),
    ];

    /// <summary>At the hours of changes more often than at others.</summary>
    private static readonly Gen<int> Minutes = Gen.OneOf(
        Gen.Elements(0, 15, 60, 90, 119, 120, 121, 150, 180, 240), Gen.Elements(1320, 1380, 1395, 1410, 1425, 1439), Gen.Choose(0, 1439));

    private static readonly Gen<DayInterval> Intervals =
        from begin in Minutes
        from length in Gen.OneOf(Gen.Choose(1, 120), Gen.Choose(1, 1440), Gen.Constant(1440 - begin))
        select new DayInterval(TimeSpan.FromMinutes(begin), TimeSpan.FromMinutes(begin + length));

    public static Gen<RandomCalendar> Any { get; } =
        from zone in Gen.Elements(Zones)
        from around in zone.Changes.Length == 0 ? Gen.Choose(0, 10_000).Select(day => FirstDay.AddDays(day)) : Gen.Elements(zone.Changes)
        from days in Gen.Choose(0, 12)
        from week in Gen.Choose(0, 6).SelectMany(day => Intervals.Select(interval => new OpeningInterval((DayOfWeek)day, interval.From, interval.To))).ListOf(days)
        from dates in Gen.Choose(0, 3)
        from exceptions in Gen.Choose(-2, 6).SelectMany(ahead => Gen.Choose(0, 2).SelectMany(count => Intervals.ListOf(count)).Select(own => (ahead, own))).ListOf(dates)
        select new RandomCalendar(
            zone.Zone,
            around,
            [.. week],
            [.. exceptions.DistinctBy(one => one.ahead).Select(one => new OpeningException(DateOnly.FromDateTime(around.UtcDateTime).AddDays(one.ahead), [.. one.own]))]);

    public OpeningHours Hours => new(Week, Zone, Exceptions);

    public bool IsOpenAt(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone);
        var date = DateOnly.FromDateTime(local.DateTime);
        return IntervalsOf(date).Any(interval => interval.From <= local.TimeOfDay && local.TimeOfDay < interval.To)
            || IntervalsOf(date.AddDays(-1)).Any(interval => interval.From <= local.TimeOfDay + TimeSpan.FromDays(1) && local.TimeOfDay + TimeSpan.FromDays(1) < interval.To);
    }

    public override string ToString() =>
        $"{Zone.Id} around {Around:u}: {string.Join(", ", Week)}; {string.Join(", ", Exceptions.Select(own => $"{own.Date:O} [{string.Join(", ", own.Intervals)}]"))}";

    private IEnumerable<DayInterval> IntervalsOf(DateOnly date) => Exceptions.FirstOrDefault(exception => exception.Date == date) is { } own
        ? own.Intervals
        : Week.Where(interval => interval.Day == date.DayOfWeek).Select(interval => new DayInterval(interval.From, interval.To));

    private static DateTimeOffset[] ChangesOf(TimeZoneInfo zone)
    {
        var changes = new List<DateTimeOffset>();
        for (var hour = FirstDay; hour < LastDay; hour = hour.AddHours(1))
        {
            if (zone.GetUtcOffset(hour) != zone.GetUtcOffset(hour.AddHours(1)))
            {
                changes.Add(hour.AddHours(1));
            }
        }

        return [.. changes];
    }
}
