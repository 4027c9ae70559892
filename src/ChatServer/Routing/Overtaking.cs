namespace CoPilot.ChatServer.Routing;

/// <summary>Who may still come to stand before a contact: those who arrive soon enough with a greater head start.</summary>
/// <param name="PerHour">Contacts that arrive with a head start; few have one, so that some are smaller than the contact's own does not matter.</param>
/// <param name="Within">For how long from now.</param>
public readonly record struct Overtaking(double PerHour, TimeSpan Within)
{
    /// <param name="times">As of now.</param>
    /// <param name="standsAt">The moment that the contact stands at in its line: its stamp less its own head start, in Unix milliseconds.</param>
    /// <param name="maximumHeadStart">Of the queue.</param>
    public static Overtaking Of(HandlingTimes times, long standsAt, TimeSpan maximumHeadStart)
    {
        var within = TimeSpan.FromMilliseconds(standsAt - times.At) + maximumHeadStart;
        return within > TimeSpan.Zero ? new Overtaking(times.HeadStartsPerHour, within) : default;
    }

    /// <summary>How many are to be expected before the contact's turn comes.</summary>
    /// <param name="wait">How long the contact waits if nobody overtakes it, in seconds.</param>
    /// <param name="turn">How much longer for each who does, in seconds; meanwhile more may arrive.</param>
    public double Expected(double wait, double turn)
    {
        var perSecond = PerHour / 3600;
        var atMost = perSecond * Within.TotalSeconds;
        var each = perSecond * turn;
        return each < 1 ? Math.Min(atMost, perSecond * wait / (1 - each)) : atMost;
    }
}
