using CoPilot.ChatServer.Routing;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

public sealed class WaitStepsTests
{
    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(59.9, 60, 0, 1)]
    [InlineData(60, 60.1, 1, 2)]
    [InlineData(419, 421, 6, 8)]
    [InlineData(1000, 2000, 15, 40)]
    [InlineData(7000, 14_400, 90, 240)]
    public void Around_Seconds_AreTheStepsOutside(double min, double max, int minMinutes, int maxMinutes) =>
        Assert.Equal(new WaitRange(minMinutes * 60, maxMinutes * 60), WaitSteps.Around(min, max));

    [Fact]
    public void Around_MoreThanFourHours_IsNothing() => Assert.Null(WaitSteps.Around(60, 14_401));
}
