using System.Collections.Frozen;
using CoPilot.Realtime.Nodes;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Nodes;

public sealed class LiveNodesTests
{
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(6);

    private readonly ManualTimeProvider _clock = new();
    private readonly LiveNodes _live;

    public LiveNodesTests() => _live = new LiveNodes(_clock, DeadAfter);

    [Fact]
    public void IsDead_NodeThatDisappears_IsDeadAndToldOnce()
    {
        Settle("me", "other");

        Assert.Equal(["other"], Update("me"));
        Assert.True(_live.IsDead("other"));
        Assert.Empty(Update("me"));
    }

    [Fact]
    public void IsDead_NodeNeverSeen_IsDeadWhenTwoLaterListsLackIt()
    {
        Settle("me");

        // It may have been entered after the last list was read, and the next list may be on its way.
        Assert.False(_live.IsDead("stranger"));
        Update("me");
        Assert.False(_live.IsDead("stranger"));
        Assert.Equal(["stranger"], Update("me"));
        Assert.True(_live.IsDead("stranger"));
    }

    [Fact]
    public void IsDead_NewNodeThatAppearsInTheNextList_Lives()
    {
        Settle("me");
        Assert.False(_live.IsDead("new"));

        Assert.Empty(Update("me", "new"));

        Assert.Empty(Update("me", "new"));
        Assert.False(_live.IsDead("new"));
    }

    [Fact]
    public void IsDead_AfterTheListWasLost_IsFalseUntilEverybodyHadTimeToBeHeard()
    {
        Settle("me", "other");

        Assert.Empty(_live.Update(new[] { "me" }.ToFrozenSet(), hadThisNode: false));
        _clock.Advance(DeadAfter - TimeSpan.FromSeconds(1));
        Assert.Empty(Update("me"));
        Assert.False(_live.IsDead("other"));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["other"], Update("me"));
    }

    [Fact]
    public void Update_NodeThatComesBack_CanBeLostAgain()
    {
        Settle("me", "other");
        Update("me");

        Assert.Empty(Update("me", "other"));
        Assert.False(_live.IsDead("other"));

        Assert.Equal(["other"], Update("me"));
    }

    private void Settle(params string[] nodes)
    {
        Update(nodes);
        _clock.Advance(DeadAfter);
    }

    private IReadOnlyCollection<string> Update(params string[] nodes) => _live.Update(nodes.ToFrozenSet(), hadThisNode: true);
}
