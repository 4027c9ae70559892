using CoPilot.ChatServer.Routing;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

public sealed class OvertakingTests
{
    private static readonly HandlingTimes _now = new(1_000_000, 0, 0, 0, 7_000);

    [Theory]
    [InlineData(0, 300, 0)]
    [InlineData(36, 300, 0.6 / 0.7)] // one in 100 s: in a minute 0.6, for whom it takes 18 s longer, ...
    [InlineData(36, 1, 0.6)]         // nobody who arrives after the first minute
    [InlineData(3600, 2, 120)]       // more than can be served: all of those two minutes
    public void Expected_OvertakersOfAMinutesWait_AreThoseUntilItsEnd(double perHour, double withinMinutes, double expected) =>
        Assert.Equal(expected, new Overtaking(perHour, TimeSpan.FromMinutes(withinMinutes)).Expected(wait: 60, turn: 30), 6);

    [Fact]
    public void Of_JustArrived_IsAsLongAsTheGreatestHeadStart() =>
        Assert.Equal(new Overtaking(7, TimeSpan.FromMinutes(5)), Overtaking.Of(_now, _now.At, TimeSpan.FromMinutes(5)));

    [Fact]
    public void Of_CameAMinuteAgo_IsAMinuteLess() =>
        Assert.Equal(TimeSpan.FromMinutes(4), Overtaking.Of(_now, _now.At - 60_000, TimeSpan.FromMinutes(5)).Within);

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void Of_StandsFurtherAheadThanAnyHeadStart_IsNobody(int minutes) =>
        Assert.Equal(default, Overtaking.Of(_now, _now.At - (minutes * 60_000), TimeSpan.FromMinutes(5)));
}
