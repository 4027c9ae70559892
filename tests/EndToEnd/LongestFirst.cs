using CoPilot.EndToEnd.Browser;
using CoPilot.EndToEnd.Browser.CoBrowsing;
using CoPilot.EndToEnd.Wire;
using Xunit.Sdk;
using Xunit.v3;

namespace CoPilot.EndToEnd;

/// <summary>
/// Begins with what takes longest, browsers beside servers alone; the rest follows in the runner's order. Where something long came last, it was told
/// alone, and the second thread had nothing to do.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Longest =
    [
        typeof(UnharmedNodes.Two), typeof(CallbackRetryStories), typeof(BrokenConnectionStories), typeof(AccessibilityStories), typeof(UnharmedNodes.One), typeof(Browser.RoutingStories),
        typeof(CrashStoriesOnTwoNodes), typeof(CoPilotSessionStories), typeof(HostileStories), typeof(Browser.CoBrowsing.CoPilotGuidanceStories),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(Longest, type => collection.TestCollectionDisplayName.Contains(type.FullName!, StringComparison.Ordinal));
        return rank < 0 ? Longest.Length : rank;
    }
}
