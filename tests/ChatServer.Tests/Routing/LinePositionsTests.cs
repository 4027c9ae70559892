using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class LinePositionsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly LinePositions _positions;
    private readonly List<(string ContactId, int Position)> _told = [];
    private readonly List<WaitRange?> _waits = [];
    private WaitRange? _wait;
    private string _state = ContactStates.Waiting;

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

    [Fact]
    public void Update_WaitChanged_IsTold_AndFarBehindRoughly()
    {
        Update([.. Enumerable.Range(1, 100)]);
        _told.Clear();
        _waits.Clear();
        _wait = new WaitRange(60, 240);

        Assert.Equal(LinePositions.RoughInterval, Update([.. Enumerable.Range(1, 100)]));

        Assert.Equal(Enumerable.Range(1, 20), _told.Select(told => told.Position));
        Assert.All(_waits, wait => Assert.Equal(_wait, wait));
        _told.Clear();
        _clock.Advance(LinePositions.RoughInterval);
        Assert.Equal(LinePositions.WaitInterval, Update([.. Enumerable.Range(1, 100)]));
        Assert.Equal(Enumerable.Range(21, 80), _told.Select(told => told.Position));
    }

    /// <summary>Whoever tells of a change of state may have said another wait.</summary>
    [Fact]
    public void Update_OfferedWithAWait_IsToldAgain()
    {
        _wait = new WaitRange(0, 60);
        Update(1);
        _told.Clear();
        Update(1);
        Assert.Empty(_told);

        _state = ContactStates.Offered;
        Update(1);

        Assert.Equal([("c1", 1)], _told);
    }

    private TimeSpan? Update(params int[] line) => _positions.Update(
        [.. line.Select((number, i) => new LinePosition($"c{number}", "customer", "conversation", _state, i + 1))],
        _ => _wait,
        (place, wait) =>
        {
            _told.Add((place.ContactId, place.Position));
            _waits.Add(wait);
        });
}
