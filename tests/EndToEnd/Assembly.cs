using CoPilot.EndToEnd.Browser;

// Each story has a server of its own and some have two browser windows; two at a time is what two cores do well.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(BrowserFixture))]
