using CoPilot.ChatServer.Routing;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

public sealed class WaitEstimatorTests
{
    private static readonly WaitSeats _full = new(15, 0, 0);

    [Theory]
    [InlineData(1, 0, 2)]
    [InlineData(5, 1, 5)]
    [InlineData(10, 3, 8)]
    [InlineData(30, 12, 20)]
    [InlineData(100, 40, 75)]
    public void Estimate_FifteenSeatsAndEightMinutesEach_IsAboutHalfAMinuteForEachPlace(int position, int minMinutes, int maxMinutes) =>
        Assert.Equal(Minutes(minMinutes, maxMinutes), Estimate(position, _full, Times(40)));

    [Fact]
    public void Estimate_NoAgent_IsNothing() => Assert.Null(Estimate(1, new WaitSeats(0, 0, 0), Times(40)));

    [Fact]
    public void Estimate_FewerThanTenHandled_IsNothing()
    {
        Assert.Null(Estimate(1, _full, Times(40) with { Handled = 9999 }));
        Assert.NotNull(Estimate(1, _full, Times(40) with { Handled = 10_000 }));
        Assert.Null(Estimate(1, new WaitSeats(15, 15, 5), default));
    }

    [Fact]
    public void Estimate_BeyondFourHours_IsNothing()
    {
        Assert.NotNull(Estimate(300, _full, Times(40)));
        Assert.Null(Estimate(500, _full, Times(40)));
    }

    [Fact]
    public void Estimate_PositionBelowOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Estimate(0, _full, Times(40)));

    [Fact]
    public void Estimate_SeatIsFree_IsAsLongAsAnOfferMayTake() => Assert.Equal(Minutes(0, 1), Estimate(1, new WaitSeats(15, 4, 2), Times(40)));

    /// <summary>One agent is asked five times, one offer after the other, each of 20 seconds.</summary>
    [Fact]
    public void Estimate_SeatsOfOneAgentAreFree_IsAsLongAsAllOffersMayTake()
    {
        Assert.Equal(Minutes(0, 1), Estimate(3, new WaitSeats(5, 5, 1), Times(40)));
        Assert.Equal(Minutes(0, 2), Estimate(5, new WaitSeats(5, 5, 1), Times(40)));
    }

    [Fact]
    public void Estimate_FewerHandled_IsWider()
    {
        var known = Estimate(60, _full, Times(100))!;
        var hardlyKnown = Estimate(60, _full, Times(10))!;

        Assert.True(hardlyKnown.MinSeconds < known.MinSeconds && hardlyKnown.MaxSeconds > known.MaxSeconds, $"{known} {hardlyKnown}");
    }

    [Fact]
    public void Estimate_FurtherBehind_IsNeverLess()
    {
        foreach (var (seats, times, overtaking) in Situations())
        {
            var ahead = Estimate(1, seats, times, overtaking);
            for (var position = 2; position <= 300; position++)
            {
                var behind = Estimate(position, seats, times, overtaking);
                AssertNotLess(ahead, behind, $"position {position} of {seats}, {times}, {overtaking}");
                ahead = behind;
            }
        }
    }

    [Fact]
    public void Estimate_MoreSeats_IsNeverMore()
    {
        foreach (var (seats, times, overtaking) in Situations())
        {
            AssertNotLess(Estimate(20, seats with { Count = seats.Count + 1 }, times, overtaking), Estimate(20, seats, times, overtaking), $"{seats}");
            AssertNotLess(Estimate(20, seats with { Free = seats.Free + 1, FreeAgents = seats.FreeAgents + 1 }, times, overtaking), Estimate(20, seats, times, overtaking), $"{seats}");
        }
    }

    [Fact]
    public void Estimate_MoreMayOvertake_IsLonger()
    {
        var alone = Estimate(20, _full, Times(100))!;
        var overtaken = Estimate(20, _full, Times(100), new Overtaking(60, TimeSpan.FromMinutes(5)))!;

        Assert.True(overtaken.MinSeconds > alone.MinSeconds && overtaken.MaxSeconds > alone.MaxSeconds, $"{alone} {overtaken}");
    }

    private static IEnumerable<(WaitSeats Seats, HandlingTimes Times, Overtaking Overtaking)> Situations() =>
        from count in new[] { 0.3, 1, 4, 15, 200 }
        from free in new[] { 0, 1, 4, 9 }
        from freeAgents in new[] { 1, 3 }
        where free <= count && (free > 0 || freeAgents == 1)
        from handled in new[] { 10, 100, 10_000 }
        from minutes in new[] { 1, 8, 45 }
        from perHour in new[] { 0, 10, 1000 }
        select (new WaitSeats(count, free, Math.Min(free, freeAgents)), Times(handled, minutes), new Overtaking(perHour, TimeSpan.FromMinutes(10)));

    private static void AssertNotLess(WaitRange? shorter, WaitRange? longer, string situation) =>
        Assert.True(
            longer is null || (shorter is not null && shorter.MinSeconds <= longer.MinSeconds && shorter.MaxSeconds <= longer.MaxSeconds),
            $"{shorter} before {longer}: {situation}");

    private static WaitRange? Estimate(int position, WaitSeats seats, HandlingTimes times, Overtaking overtaking = default) =>
        WaitEstimator.Estimate(position, seats, times, TimeSpan.FromSeconds(20), overtaking);

    private static HandlingTimes Times(int handled, int minutes = 8) => new(0, 0, handled * HandlingTimes.One, handled * minutes * 60_000L, 0);

    private static WaitRange Minutes(int min, int max) => new(min * 60, max * 60);
}
