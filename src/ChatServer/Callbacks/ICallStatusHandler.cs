using CoPilot.Realtime;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// What call statuses do to the attempts that they are about.
/// <para><b>Order.</b> The network decides it: a status may come after a later one. <see cref="CallStatuses.Ended"/> is final, and an attempt never goes back.</para>
/// <para><b>Once.</b> A repeated event does not come here, unless this node died before it could note that the first was taken; so the same status may come twice,
/// and the second time changes nothing.</para>
/// <para><b>Concurrency.</b> Thread-safe; statuses of one attempt may come at once, on several nodes.</para>
/// </summary>
public interface ICallStatusHandler
{
    /// <exception cref="StoreUnavailableException">Nothing is known to have happened; the provider is asked to send it again.</exception>
    Task<CallStatusResult> HandleAsync(CallStatus status, CancellationToken cancellationToken = default);
}
