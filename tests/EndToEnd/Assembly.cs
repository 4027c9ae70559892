using CoPilot.EndToEnd.Browser;

// Each story has a server of its own and some have two browser windows; they wait more than they compute, so three at a time keep two cores busy.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: AssemblyFixture(typeof(BrowserFixture))]
