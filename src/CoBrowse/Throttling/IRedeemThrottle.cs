using CoPilot.Realtime;

namespace CoPilot.CoBrowse.Throttling;

/// <summary>
/// Bounds how many codes can be tried, whatever they are: by one connection, from one network address, and by everybody together. Each limit lets a burst of its
/// size through and then as many as its rate. A try that one limit refuses counts for none.
/// <para><b>Concurrency.</b> Safe to call from any thread and any node at once; limits hold over all nodes of the engine.</para>
/// <para><b>Failure.</b> A store out of reach throws <see cref="StoreUnavailableException"/>: then no code is tried.</para>
/// <para><b>Expiry.</b> What was let through is forgotten when it counts no more; a restart of the embedded engine forgets everything.</para>
/// </summary>
public interface IRedeemThrottle
{
    /// <summary>Null when the try may go on; else how long to wait before the next one.</summary>
    /// <param name="address">Recognisable, not readable.</param>
    Task<TimeSpan?> TakeAsync(string connectionId, string address, CancellationToken cancellationToken = default);
}

/// <param name="Tries">At once, and in each period.</param>
public sealed record RedeemLimit(int Tries, TimeSpan Period)
{
    /// <summary>One more is let through after this.</summary>
    public TimeSpan Interval => Period / Tries;

    /// <summary>So far ahead of the moment the tries let through may reach.</summary>
    public TimeSpan Burst => Period - Interval;
}

/// <summary>The arithmetic that these figures come from is in <c>docs/cobrowse-security.md</c>.</summary>
public sealed record RedeemLimits
{
    public static readonly RedeemLimits Default = new();

    public RedeemLimit Connection { get; init; } = new(5, TimeSpan.FromMinutes(1));

    /// <summary>Offices share one address among many people, who rarely type a code in the same hour.</summary>
    public RedeemLimit Address { get; init; } = new(20, TimeSpan.FromHours(1));

    public RedeemLimit Everybody { get; init; } = new(600, TimeSpan.FromMinutes(1));
}
