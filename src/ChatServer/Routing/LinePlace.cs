namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Where a contact stands in every line of its site: one number, smaller is earlier, that changes only when a supervisor gives it another head start. Whoever has a head start of <c>h</c> seconds stands as if
/// they had come <c>h</c> seconds before, and so nobody who comes later than the greatest head start after somebody stands before them.
/// </summary>
internal static class LinePlace
{
    /// <summary>In seconds. It takes the 11 bits beside the 42 of the moment: together they are exact in a sorted set's score.</summary>
    public const int GreatestHeadStart = 1_800;

    private const long Unit = 2_048;

    public static int HeadStartOf(long place) => (int)(place % Unit);

    public static long StampOf(long place) => (place / Unit) + (HeadStartOf(place) * 1_000L);

    /// <summary>The last place that stands at the moment.</summary>
    public static long LastAt(long moment) => (moment * Unit) + Unit - 1;

    /// <summary>Different for different stamps, whatever the head starts.</summary>
    /// <param name="stamp">Unix milliseconds of the arrival, given to one contact of the site only.</param>
    /// <param name="headStart">Whole seconds, 0 to <see cref="GreatestHeadStart"/>.</param>
    public static long Of(long stamp, int headStart)
    {
        CheckHeadStart(headStart);
        return ((stamp - (headStart * 1_000L)) * Unit) + headStart;
    }

    /// <summary>The moment that the place stands for, in Unix milliseconds: its stamp less its head start.</summary>
    public static long StandsAt(long place) => place / Unit;

    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    public static void CheckHeadStart(int headStart)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(headStart);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(headStart, GreatestHeadStart);
    }
}
