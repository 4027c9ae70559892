using CoPilot.Realtime;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Bounds how often call-backs are asked for on a site: by one customer, for one number whoever asks, and from one network address. Each limit lets a burst of its
/// size through and then as many as its rate. A request that one limit refuses counts for none.
/// <para><b>Concurrency.</b> Safe to call from any thread and any node at once; limits hold over all nodes of the engine.</para>
/// <para><b>Failure.</b> A store out of reach throws <see cref="StoreUnavailableException"/>: then no call-back is asked for.</para>
/// <para><b>Expiry.</b> What was let through is forgotten when it counts no more; a restart of the embedded engine forgets everything.</para>
/// </summary>
public interface ICallbackThrottle
{
    /// <summary>Null when the request may go on; else how long to wait before the next one.</summary>
    Task<TimeSpan?> TakeAsync(CallbackRequester requester, CancellationToken cancellationToken = default);

    /// <summary>
    /// What was let through came to nothing and counts no more. It counted until now, so requests made at once cannot all rely on each other's coming to nothing. What counts
    /// no more by time is given back to nobody.
    /// </summary>
    /// <param name="toNumberAlone">It still counts for the customer and the address.</param>
    Task GiveBackAsync(CallbackRequester requester, bool toNumberAlone, CancellationToken cancellationToken = default);
}

/// <summary>Whom a request counts for.</summary>
/// <param name="Number">Recognisable, not readable.</param>
/// <param name="Address">As the number.</param>
public sealed record CallbackRequester(string SiteId, string CustomerId, string Number, string Address);

/// <param name="Requests">At once, and in each period.</param>
public sealed record CallbackLimit(int Requests, TimeSpan Period)
{
    /// <summary>One more is let through after this.</summary>
    public TimeSpan Interval => Period / Requests;

    /// <summary>So far ahead of the moment the requests let through may reach.</summary>
    public TimeSpan Burst => Period - Interval;
}

public sealed record CallbackLimits
{
    public static readonly CallbackLimits Default = new();

    /// <summary>Several times what somebody asks for who changes their mind.</summary>
    public CallbackLimit Customer { get; init; } = new(10, TimeSpan.FromHours(1));

    /// <summary>
    /// A number can be anybody's: this is what protects its owner from calls that others ask for. Those others can use it up too, which costs the owner a day
    /// without call-backs, and is the smaller harm.
    /// </summary>
    public CallbackLimit Number { get; init; } = new(6, TimeSpan.FromDays(1));

    /// <summary>Offices and mobile networks share one address among many people.</summary>
    public CallbackLimit Address { get; init; } = new(60, TimeSpan.FromHours(1));
}
