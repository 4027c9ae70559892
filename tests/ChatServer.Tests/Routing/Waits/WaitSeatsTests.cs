using CoPilot.ChatServer.Routing;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

public sealed class WaitSeatsTests
{
    [Fact]
    public void Of_AgentsOfOneQueue_CountsTheirSeats()
    {
        var seats = WaitSeats.Of("a", [Agent(3, 3, "a"), Agent(5, 3, "a"), Agent(2, 4, "a"), Agent(4, 0, "b")], [Line("a", 1)]);

        Assert.Equal(new WaitSeats(10, 2, 1), seats);
    }

    [Fact]
    public void Of_NobodyHasTheQueue_IsNothing()
    {
        Assert.Equal(new WaitSeats(0, 0, 0), WaitSeats.Of("a", [Agent(3, 0, "b")], [Line("a", 4), Line("b", 1)]));
        Assert.Equal(new WaitSeats(0, 0, 0), WaitSeats.Of("a", [], [Line("a", 4), Line("b", 1)]));
    }

    [Fact]
    public void Of_NobodyWaitsInTheOtherQueue_CountsAllSeats() =>
        Assert.Equal(6, WaitSeats.Of("a", [Agent(6, 6, "a", "b")], [Line("a", 4), Line("b", 0)]).Count, 6);

    /// <summary>Nobody is in line before they have asked.</summary>
    [Fact]
    public void Of_LineWithoutTheOneWhoAsks_CountsThemNonetheless() => Assert.Equal(6, WaitSeats.Of("a", [Agent(6, 6, "a")], [Line("a", 0)]).Count, 6);

    [Fact]
    public void Of_SharedAgentsAlone_SharesByTheWorkInLine()
    {
        var agents = new[] { Agent(6, 6, "a", "b"), Agent(6, 6, "b", "a") };

        Assert.Equal(4, WaitSeats.Of("a", agents, [Line("a", 10), Line("b", 20)]).Count, 6);
        Assert.Equal(8, WaitSeats.Of("a", agents, [Line("a", 10, minutes: 20), Line("b", 10, minutes: 10)]).Count, 6);
    }

    /// <summary>Thirty wait for twenty seats: all move at the same pace.</summary>
    [Fact]
    public void Of_LinesThatMeet_AreDelayedAlike()
    {
        var agents = new[] { Agent(5, 5, "a"), Agent(5, 5, "b"), Agent(10, 10, "a", "b") };
        var lines = new[] { Line("a", 18), Line("b", 12) };

        Assert.Equal(12, WaitSeats.Of("a", agents, lines).Count, 0.1);
        Assert.Equal(8, WaitSeats.Of("b", agents, lines).Count, 0.1);
    }

    [Fact]
    public void Of_OtherLineIsClearedByItsOwnAgentsSooner_CountsAllSeats()
    {
        var agents = new[] { Agent(5, 5, "a"), Agent(50, 50, "b"), Agent(10, 10, "a", "b") };

        Assert.Equal(15, WaitSeats.Of("a", agents, [Line("a", 30), Line("b", 5)]).Count, 0.1);
    }

    [Fact]
    public void Of_QueueWithoutData_IsTakenToBeLikeTheOneThatIsAskedAbout()
    {
        var unknown = new WaitLine("b", 10, default);

        Assert.Equal(3, WaitSeats.Of("a", [Agent(6, 6, "a", "b")], [Line("a", 10), unknown]).Count, 6);
        Assert.Equal(3, WaitSeats.Of("b", [Agent(6, 6, "a", "b")], [unknown with { Queue = "a" }, unknown]).Count, 6);
    }

    [Fact]
    public void Of_OtherLineHasNobodyToServeIt_TakesNothing() =>
        Assert.Equal(6, WaitSeats.Of("a", [Agent(6, 6, "a")], [Line("a", 4), Line("b", 50)]).Count, 6);

    [Theory]
    [InlineData(0, false, 3)]
    [InlineData(0.5, false, 1.75)]
    [InlineData(1, false, 1)]
    [InlineData(0.1, true, 3)]
    [InlineData(0.5, true, 2)]
    [InlineData(1, true, 1)]
    public void SeatsOf_ACallKeepsTheAgentsOtherSeatsEmpty(double calls, bool chatsDuringCalls, double seats) =>
        Assert.Equal(seats, (Line("a", 10) with { Calls = calls, ChatsDuringCalls = chatsDuringCalls }).SeatsOf(capacity: 3), 6);

    [Fact]
    public void Of_LineOfCalls_CountsAgents()
    {
        var seats = WaitSeats.Of("a", [Agent(3, 3, "a"), Agent(5, 5, "a")], [Line("a", 4) with { Calls = 1 }]);

        Assert.Equal(2, seats.Count, 6);
    }

    private static WaitAgent Agent(int capacity, int load, params string[] queues) => new(queues, capacity, load);

    private static WaitLine Line(string queue, int waiting, int minutes = 10) => new(queue, waiting, new HandlingTimes(0, 0, 30_000, 30 * minutes * 60_000, 0));
}
