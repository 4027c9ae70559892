using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Tests.Relay;
using CoPilot.TestKit;

namespace CoPilot.CoBrowse.Tests.Sessions;

/// <summary>What a node believes of its connections.</summary>
public sealed class SessionLeasesTests
{
    private const string Tab = RelayWorld.Tab;
    private const string Session = RelayWorld.Session;

    private readonly SessionLeases _leases = new(new ManualTimeProvider());
    private readonly List<string> _told = [];

    public SessionLeasesTests()
    {
        _leases.Confirmed += (connectionId, session) => _told.Add($"{connectionId} has {session.SessionId}");
        _leases.Lost += (connectionId, sessionId) => _told.Add($"{connectionId} lost {sessionId}");
    }

    private bool IsConfirmed => _leases.IsConfirmed(Tab, Session, TimeSpan.MaxValue);

    [Fact]
    public void Confirm_ByAnAnswerOlderThanTheLoss_StaysLost()
    {
        _leases.Confirm(Tab, RelayWorld.Document(), _leases.Ask());
        var asked = _leases.Ask();
        _leases.Lose(Tab, Session);

        _leases.Confirm(Tab, RelayWorld.Document(), asked);
        Assert.False(IsConfirmed);
        _leases.Confirm(Tab, RelayWorld.Document(), _leases.Ask());
        Assert.True(IsConfirmed);
    }

    [Fact]
    public void Confirm_TheFirstTimeByAnAnswerOlderThanTheLoss_IsNotBelieved()
    {
        var asked = _leases.Ask();
        _leases.Lose(Tab, Session);

        _leases.Confirm(Tab, RelayWorld.Document(), asked);
        Assert.False(IsConfirmed);
        Assert.Empty(_told);
        Assert.Null(_leases.Forget(Tab));
    }

    [Fact]
    public void Confirm_OfAnotherSession_LosesTheFirst()
    {
        _leases.Confirm(Tab, RelayWorld.Document(), _leases.Ask());
        _leases.Confirm(Tab, RelayWorld.Document() with { SessionId = "s2" }, _leases.Ask());

        Assert.False(IsConfirmed);
        Assert.Equal(["tab has s1", "tab lost s1", "tab has s2"], _told);

        // Which the connection does not have any more, so that nothing happens to the one that it has.
        _leases.Lose(Tab, Session);
        Assert.True(_leases.IsConfirmed(Tab, "s2", TimeSpan.MaxValue));
    }

    [Fact]
    public void Doubt_OfEverything_LetsEachBeAskedAgain()
    {
        _leases.Confirm(Tab, RelayWorld.Document(), _leases.Ask());
        var asked = _leases.Ask();
        _leases.Doubt();
        Assert.False(IsConfirmed);

        _leases.Confirm(Tab, RelayWorld.Document(), asked);
        Assert.False(IsConfirmed);
        _leases.Confirm(Tab, RelayWorld.Document(), _leases.Ask());
        Assert.True(IsConfirmed);
        Assert.DoesNotContain("tab lost s1", _told);
    }
}
