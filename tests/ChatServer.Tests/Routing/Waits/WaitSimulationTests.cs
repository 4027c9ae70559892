namespace CoPilot.ChatServer.Tests.Routing.Waits;

/// <summary>Seeds are numbered through and not chosen; <c>docs/waiting.md</c> has what ten times as many contacts with other seeds came to.</summary>
public sealed class WaitSimulationTests
{
    private const int Contacts = 4000;

    /// <summary>What the server promises of its estimates.</summary>
    private const double Promised = 0.8;

    [Theory]
    [InlineData(nameof(WaitScenarios.Phones))]
    [InlineData(nameof(WaitScenarios.Chats))]
    [InlineData(nameof(WaitScenarios.LongChats))]
    [InlineData(nameof(WaitScenarios.TooMany))]
    [InlineData(nameof(WaitScenarios.SmallTeam))]
    [InlineData(nameof(WaitScenarios.Bursts))]
    [InlineData(nameof(WaitScenarios.Shifts))]
    [InlineData(nameof(WaitScenarios.Lunch))]
    [InlineData(nameof(WaitScenarios.TwoQueues))]
    [InlineData(nameof(WaitScenarios.HeadStarts))]
    [InlineData(nameof(WaitScenarios.Impatience))]
    [InlineData(nameof(WaitScenarios.SlowAfternoon))]
    [InlineData(nameof(WaitScenarios.Calls))]
    [InlineData(nameof(WaitScenarios.CallsAlone))]
    public void Estimate_DaysOfAShop_IsRightFourTimesOutOfFiveAndUseful(string scenario)
    {
        var accuracy = Run(scenario);

        Assert.True(accuracy.ShareInside >= Promised, $"{accuracy}");
        Assert.True(accuracy.ShareInsideOfThoseWhoHadToWait >= Promised, $"{accuracy}");
        Assert.True(accuracy.MedianExcessMinutes <= 0, $"{accuracy}");
    }

    /// <summary>
    /// One agent gives a seat back every three or four minutes, as chance has it: with four in line, four times out of five means 6 to 22 minutes even for one who knows all but chance.
    /// So the range is right and wide.
    /// </summary>
    [Fact]
    public void Estimate_OneAgent_IsRightFourTimesOutOfFiveAndWide()
    {
        var accuracy = Run(nameof(WaitScenarios.OneAgent));

        Assert.True(accuracy.ShareInsideOfThoseWhoHadToWait >= Promised, $"{accuracy}");
        Assert.True(accuracy.MedianExcessMinutes <= 3, $"{accuracy}");
    }

    /// <summary>
    /// Half of the agents who go, and come, at once double or halve the waits that were told just before. Of those who had to wait, slightly fewer than promised are
    /// inside over many days.
    /// </summary>
    [Fact]
    public void Estimate_HalfOfTheAgentsComeAndGo_IsRightFourTimesOutOfFiveOverAll()
    {
        var accuracy = Run(nameof(WaitScenarios.ComingAndGoing));

        Assert.True(accuracy.ShareInside >= Promised, $"{accuracy}");
        Assert.True(accuracy.ShareInsideOfThoseWhoHadToWait >= 0.75, $"{accuracy}");
        Assert.True(accuracy.MedianExcessMinutes <= 0, $"{accuracy}");
    }

    /// <summary>Silence is no accuracy, and seats that are always free are none either.</summary>
    private static WaitAccuracy Run(string scenario)
    {
        var accuracy = WaitSimulation.Run(WaitScenarios.Of(scenario), Contacts);
        Assert.True(accuracy.ShareTold >= 0.8, $"{accuracy}");
        Assert.True(accuracy.HadToWait >= 1000, $"{accuracy}");
        return accuracy;
    }
}
