using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Opening hours for a script, which knows no time zones but alone knows the moment. It is told the answer for each minute around this node's moment, because
/// hours begin and end with minutes; a script whose moment lies outside, since a clock is wrong or this node stalled, says so and is told again.
/// </summary>
internal static class RedisOpenMinutes
{
    /// <summary>To each side: more than clocks of one cluster differ.</summary>
    private const int MinutesAround = 5;

    /// <summary>The first minute (Unix time / 60), and a digit for each from there: 1 is open, 0 closed.</summary>
    public static (long First, string Open) Around(DateTimeOffset moment, OpeningHours hours)
    {
        var first = (moment.ToUnixTimeSeconds() / 60) - MinutesAround;
        var open = string.Create(
            (2 * MinutesAround) + 1,
            (first, hours),
            static (digits, from) =>
            {
                for (var i = 0; i < digits.Length; i++)
                {
                    digits[i] = from.hours.IsOpenAt(DateTimeOffset.FromUnixTimeSeconds((from.first + i) * 60)) ? '1' : '0';
                }
            });
        return (first, open);
    }
}
