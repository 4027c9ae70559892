using System.Globalization;

namespace CoPilot.LoadRunner.CommandLine;

/// <summary>Times as people type them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>; a number alone is seconds.</summary>
internal static class TimeText
{
    private static readonly (string Unit, TimeSpan One)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1))];

    public static TimeSpan? TryRead(string text)
    {
        var digits = text.TrimEnd('m', 's', 'h');
        var unit = digits.Length == text.Length ? "s" : text[digits.Length..];
        var one = Array.Find(Units, each => each.Unit == unit).One;
        return one != TimeSpan.Zero && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count < 1_000_000
            ? one * count
            : null;
    }

    public static string Write(TimeSpan time)
    {
        var (unit, one) = Array.FindLast(Units, each => time.Ticks % each.One.Ticks == 0 && time >= each.One);
        return unit is null ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s") : string.Create(CultureInfo.InvariantCulture, $"{time / one}{unit}");
    }
}
