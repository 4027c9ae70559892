using CoPilot.EndToEnd;
using CoPilot.EndToEnd.Browser;

// Many stories have servers of their own, and some two browser windows; two at a time is what two cores do well.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: AssemblyFixture(typeof(BrowserFixture))]
