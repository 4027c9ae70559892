using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>The times and limits of sessions.</summary>
public sealed record CoBrowseSettings
{
    public static readonly CoBrowseSettings Default = new();

    public TimeSpan CodeLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So many wrong proofs kill a code.</summary>
    public int WrongProofs { get; init; } = 5;

    public TimeSpan ConsentWithin { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan IdleEnd { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan TotalEnd { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>After the last one that came, two may be lost before the lease runs out.</summary>
    public TimeSpan KeepAliveEvery => Lease / 3;

    /// <summary>
    /// What was heard is written at most this often, and what was written is trusted for so long: a session which is only watched costs next to nothing, and a connection
    /// whose loss was not heard of is stopped by then.
    /// </summary>
    public TimeSpan HeardEvery => Lease / 8;

    /// <summary>
    /// What is written may be old by <see cref="HeardEvery"/> twice, once because it was not yet to be written and once because nobody asked, and then a whole
    /// <see cref="KeepAliveEvery"/> passes: 35 seconds of 40. Who says something in time is not taken for silent.
    /// </summary>
    public TimeSpan AwayAfter => Lease * 2 / 3;

    /// <summary>The next page is mostly there by then.</summary>
    public TimeSpan AwayAfterDrop => Lease / 12;

    /// <summary>An agent without a connection for so long has left, and their sessions end.</summary>
    public TimeSpan AgentLease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>As with the customer's: two looks may fail.</summary>
    public TimeSpan AgentSeenEvery => AgentLease / 4;

    public SessionLimits ToLimits() => new(
        (int)KeepAliveEvery.TotalSeconds,
        (int)Lease.TotalSeconds,
        (int)ConsentWithin.TotalSeconds,
        (int)IdleEnd.TotalSeconds,
        (int)TotalEnd.TotalSeconds);
}
