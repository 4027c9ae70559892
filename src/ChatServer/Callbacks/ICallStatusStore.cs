using CoPilot.Realtime;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Remembers which call statuses of a site came in and what became of them, so that a repeated one has no effect and is answered alike.
/// <para><b>Atomicity.</b> Of several callers with one event, on any nodes, one is told to handle it. It says how that went, or gives the event up; when it does neither,
/// as after a crash, the event can be handled again after <see cref="HandledWithin"/>.</para>
/// <para><b>Expiry.</b> What became of an event is known for <see cref="RememberedFor"/>, also over restarts of the engine.</para>
/// <para><b>Failure.</b> A store out of reach throws <see cref="StoreUnavailableException"/>; nothing may have happened.</para>
/// <para><b>Concurrency.</b> Thread-safe.</para>
/// </summary>
public interface ICallStatusStore
{
    static readonly TimeSpan HandledWithin = TimeSpan.FromSeconds(30);

    /// <summary>Longer than a signed message is taken at all, with both clocks wrong in the worse way; and for a provider that repeats what it saw no answer to.</summary>
    static readonly TimeSpan RememberedFor = TimeSpan.FromHours(1);

    Task<CallStatusClaim> ClaimAsync(string siteId, string eventId, CancellationToken cancellationToken = default);

    /// <summary>After a claim: the event was handled, with this result.</summary>
    Task KeepAsync(string siteId, string eventId, CallStatusResult result, CancellationToken cancellationToken = default);

    /// <summary>After a claim: the event was not handled, and may be at once. One that was handled stays so.</summary>
    Task GiveUpAsync(string siteId, string eventId, CancellationToken cancellationToken = default);
}

/// <param name="IsMine">The caller is to handle it.</param>
/// <param name="Result">What became of it; null when it is the caller's, or in somebody else's hands.</param>
public readonly record struct CallStatusClaim(bool IsMine, CallStatusResult? Result)
{
    public static readonly CallStatusClaim Mine = new(true, null);

    public static readonly CallStatusClaim InHand = new(false, null);

    public static CallStatusClaim Handled(CallStatusResult result) => new(false, result);
}
