using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace CoPilot.ChatServer.Sites;

/// <summary>Opening hours: those of a week, and the dates that differ from it.</summary>
public sealed class HoursOptions : IValidatableObject
{
    private const int FirstYear = 2000;
    private const int LastYear = 2099;

    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The zone that the hours are in.</summary>
    /// <value>An IANA name such as <c>Europe/Amsterdam</c>. Required.</value>
    [Required]
    public string Zone { get; set; } = "";

    /// <summary>Opening intervals such as <c>09:00-17:00</c>, by day: <c>mon tue wed thu fri sat sun</c>. A day that is not named is closed; midnight at a day's end is <c>24:00</c>; <c>22:00-02:00</c> goes on into the next day and belongs to the one that it begins on.</summary>
    /// <value>Whole minutes; no two may overlap. Required.</value>
    [MinLength(1)]
    public IDictionary<string, List<string>> Days { get; } = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Dates with intervals of their own in place of the day's, such as <c>2026-12-31</c> with <c>09:00-13:00</c>; with none (<c>[]</c>) nothing begins on that date. What ran over midnight into it belongs to the day before and stays.</summary>
    /// <value>Dates from 2000-01-01 to 2099-12-31. The default is none.</value>
    public IDictionary<string, List<string>> Exceptions { get; } = new Dictionary<string, List<string>>(StringComparer.Ordinal);

    public OpeningHours ToOpeningHours() => new(
        [.. Days.SelectMany(day => day.Value.Select(text => On(ParseDay(day.Key)!.Value, DayInterval.Parse(text)!)))],
        TimeZoneInfo.FindSystemTimeZoneById(Zone),
        [.. Exceptions.Select(exception => new OpeningException(ParseDate(exception.Key)!.Value, [.. exception.Value.Select(text => DayInterval.Parse(text)!)]))]);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            yield return new ValidationResult($"The zone '{Zone}' is not known here; it must be an IANA name, and the system needs its zone data (tzdata).", [nameof(Zone)]);
        }

        var week = new List<OpeningInterval>();
        foreach (var (name, intervals) in Days)
        {
            var faults = ParseDay(name) is { } day ? IntervalFaults(day, intervals, week) : [$"'{name}' is not one of mon, tue, wed, thu, fri, sat, sun."];
            foreach (var fault in faults)
            {
                yield return new ValidationResult(fault, [$"{nameof(Days)}:{name}"]);
            }
        }

        foreach (var (date, intervals) in Exceptions)
        {
            var faults = ParseDate(date) is { } own
                ? IntervalFaults(own.DayOfWeek, intervals, [])
                : [$"'{date}' is not a date such as 2026-12-25, of the years {FirstYear} to {LastYear}."];
            foreach (var fault in faults)
            {
                yield return new ValidationResult(fault, [$"{nameof(Exceptions)}:{date}"]);
            }
        }
    }

    /// <param name="known">What they must not overlap with; they are added.</param>
    private static IEnumerable<string> IntervalFaults(DayOfWeek day, IEnumerable<string> texts, List<OpeningInterval> known)
    {
        foreach (var text in texts)
        {
            if (DayInterval.Parse(text) is not { } parsed)
            {
                yield return $"'{text}' is not an interval such as 09:00-17:00 or, over midnight, 22:00-02:00.";
                continue;
            }

            var interval = On(day, parsed);
            if (known.Exists(interval.Overlaps))
            {
                yield return $"'{text}' overlaps with another interval.";
            }

            known.Add(interval);
        }
    }

    private static OpeningInterval On(DayOfWeek day, DayInterval interval) => new(day, interval.From, interval.To);

    private static DayOfWeek? ParseDay(string name) =>
        Array.FindIndex(DayNames, day => day.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var day ? (DayOfWeek)day : null;

    private static DateOnly? ParseDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= FirstYear and <= LastYear
            ? date
            : null;
}
