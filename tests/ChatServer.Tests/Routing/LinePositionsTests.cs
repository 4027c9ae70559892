using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class LinePositionsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly LinePositions _positions;
    private readonly List<(string ContactId, int Position)> _told = [];

    public LinePositionsTests() => _positions = new LinePositions(_clock);

    [Fact]
    public void Update_NewInLine_IsTold()
    {
        Assert.Null(Update(1, 2, 3));

        Assert.Equal([("c1", 1), ("c2", 2), ("c3", 3)], _told);
    }

    [Fact]
    public void Update_NothingMoved_TellsNobody()
    {
        Update(1, 2, 3);
        _told.Clear();

        Assert.Null(Update(1, 2, 3));

        Assert.Empty(_told);
    }

    [Fact]
    public void Update_OneOfTheFirstLeaves_TellsThoseBehindAndNotThoseAhead()
    {
        Update(1, 2, 3, 4);
        _told.Clear();

        Update(1, 3, 4);

        Assert.Equal([("c3", 2), ("c4", 3)], _told);
    }

    [Fact]
    public void Update_FarBehind_IsToldRoughly()
    {
        Update([.. Enumerable.Range(1, 100)]);
        _told.Clear();
        _clock.Advance(TimeSpan.FromSeconds(1));

        var next = Update([.. Enumerable.Range(2, 99)]);

        // Up to the twentieth exactly; the others moved by less than a tenth.
        Assert.Equal(Enumerable.Range(1, 20), _told.Select(told => told.Position));
        Assert.Equal(TimeSpan.FromSeconds(14), next);
    }

    [Fact]
    public void Update_FarBehind_IsToldWhenTheTimeIsOverThoughNothingHappens()
    {
        Update([.. Enumerable.Range(1, 100)]);
        Update([.. Enumerable.Range(2, 99)]);
        _told.Clear();
        _clock.Advance(LinePositions.RoughInterval);

        Assert.Null(Update([.. Enumerable.Range(2, 99)]));

        Assert.Equal(Enumerable.Range(21, 79), _told.Select(told => told.Position));
    }

    [Fact]
    public void Update_FarBehind_IsToldOfATenthAtOnce()
    {
        Update([.. Enumerable.Range(1, 100)]);
        _told.Clear();

        Update([.. Enumerable.Range(10, 91)]);

        // Nine places: a tenth for those who were at most ninetieth.
        Assert.Equal(Enumerable.Range(1, 81), _told.Select(told => told.Position));
    }

    [Fact]
    public void Update_BackInLine_IsToldAnew()
    {
        Update(1, 2);
        Update(2);
        _told.Clear();

        Update(1, 2);

        Assert.Equal([("c1", 1), ("c2", 2)], _told);
    }

    private TimeSpan? Update(params int[] line) => _positions.Update(
        [.. line.Select((number, i) => new LinePosition($"c{number}", "customer", "conversation", ContactStates.Waiting, i + 1))],
        place => _told.Add((place.ContactId, place.Position)));
}
