namespace CoPilot.Realtime.Redis;

/// <summary>
/// How long Redis may take is counted in slices, one after the other, and not in one piece: after this process itself stood still (a paused machine, no thread free) its timers
/// are due before the answers that came meanwhile are read, and a limit of one piece would take the process' own sleep for Redis' silence. Of slices it takes one.
/// </summary>
internal static class LimitSlices
{
    public const int Count = 8;

    public static TimeSpan Of(TimeSpan limit) => limit / Count;
}
