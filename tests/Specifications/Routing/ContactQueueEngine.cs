using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Supervision;

namespace CoPilot.Specifications.Routing;

/// <summary>An engine under test, with a store of its own that outlives a restart.</summary>
public abstract class ContactQueueEngine : IAsyncDisposable
{
    public abstract IContactQueue Queue { get; }

    /// <summary>What its supervisors did.</summary>
    public abstract ISupervisionActs Acts { get; }

    public abstract IRoutingInvariants Invariants { get; }

    /// <summary>
    /// The process ends without a word and another takes over; what it held of agents' connections is over, whether the next process says so or their leases ran out.
    /// </summary>
    public abstract Task RestartAsync();

    /// <summary>The process dies and another takes over before anybody noticed: what it held of agents' connections runs out by itself.</summary>
    public abstract Task DieAsync();

    public abstract ValueTask DisposeAsync();
}
