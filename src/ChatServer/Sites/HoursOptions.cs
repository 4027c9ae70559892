using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace CoPilot.ChatServer.Sites;

/// <summary>One weekly list of opening hours.</summary>
public sealed class HoursOptions : IValidatableObject
{
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The zone that the hours are in.</summary>
    /// <value>An IANA name such as <c>Europe/Amsterdam</c>. Required.</value>
    [Required]
    public string Zone { get; set; } = "";

    /// <summary>Opening intervals such as <c>09:00-17:00</c>, by day: <c>mon tue wed thu fri sat sun</c>. A day that is not named is closed; midnight at a day's end is <c>24:00</c>.</summary>
    /// <value>Required.</value>
    [MinLength(1)]
    public IDictionary<string, string[]> Days { get; } = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);

    public OpeningHours ToOpeningHours() => new(
        [.. Days.SelectMany(day => day.Value.Select(interval => ParseInterval(ParseDay(day.Key)!.Value, interval)!))],
        TimeZoneInfo.FindSystemTimeZoneById(Zone));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            yield return new ValidationResult($"The zone '{Zone}' is not known here; it must be an IANA name, and the system needs its zone data (tzdata).", [nameof(Zone)]);
        }

        foreach (var (name, intervals) in Days)
        {
            if (ParseDay(name) is not { } day)
            {
                yield return new ValidationResult($"'{name}' is not one of mon, tue, wed, thu, fri, sat, sun.", [nameof(Days)]);
                continue;
            }

            var parsed = new List<OpeningInterval>();
            foreach (var text in intervals)
            {
                if (ParseInterval(day, text) is not { } interval)
                {
                    yield return new ValidationResult($"'{text}' is not an interval such as 09:00-17:00.", [$"{nameof(Days)}:{name}"]);
                }
                else if (parsed.Exists(other => other.From < interval.To && interval.From < other.To))
                {
                    yield return new ValidationResult($"'{text}' overlaps with another interval.", [$"{nameof(Days)}:{name}"]);
                }
                else
                {
                    parsed.Add(interval);
                }
            }
        }
    }

    private static DayOfWeek? ParseDay(string name) =>
        Array.FindIndex(DayNames, day => day.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var day ? (DayOfWeek)day : null;

    private static OpeningInterval? ParseInterval(DayOfWeek day, string text)
    {
        var ends = text.Split('-', StringSplitOptions.TrimEntries);
        return ends.Length == 2 && ParseTime(ends[0]) is { } from && ParseTime(ends[1]) is { } to && from < to
            ? new OpeningInterval(day, from, to)
            : null;
    }

    private static TimeSpan? ParseTime(string text)
    {
        if (text == "24:00")
        {
            return TimeSpan.FromDays(1);
        }

        return TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
    }
}
