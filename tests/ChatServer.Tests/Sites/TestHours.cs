using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Tests.Sites;

/// <summary>Calendars as an operator writes them, on one line for a day or date: <c>fri 22:00-02:00</c>, <c>2026-12-25</c>.</summary>
internal static class TestHours
{
    public static OpeningHours Of(string zone, params string[] lines)
    {
        var options = new HoursOptions { Zone = zone };
        foreach (var line in lines)
        {
            var words = line.Split(' ');
            var days = words[0].Length == 3 ? options.Days : options.Exceptions;
            days.Add(words[0], [.. words[1..]]);
        }

        Assert.Empty(options.Validate(new ValidationContext(options)));
        return options.ToOpeningHours();
    }

    public static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);

    public static DateTimeOffset? AtOrNever(string? moment) => moment is null ? null : At(moment);

    /// <summary>As <c>from/to</c> in UTC.</summary>
    public static IEnumerable<string> Between(this OpeningHours hours, string from, string to) => hours.Openings(At(from), At(to)).Select(opening =>
    {
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (opening.From.Offset, opening.To.Offset));
        return $"{Text(opening.From)}/{Text(opening.To)}";
    });

    private static string Text(DateTimeOffset moment) => moment.ToString(moment.Second == 0 ? "MM-dd HH:mm" : "MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
