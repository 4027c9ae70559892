using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>The times that people are told: whole minutes, the coarser the longer.</summary>
internal static class WaitSteps
{
    private static readonly int[] _minutes = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240];

    /// <summary>The narrowest steps around a range; null beyond four hours, of which nothing is known.</summary>
    /// <param name="minSeconds">0 or more.</param>
    public static WaitRange? Around(double minSeconds, double maxSeconds) =>
        maxSeconds <= _minutes[^1] * 60
            ? new WaitRange(
                _minutes.Last(minutes => minutes * 60 <= minSeconds) * 60,
                _minutes.First(minutes => minutes > 0 && minutes * 60 >= maxSeconds) * 60)
            : null;
}
