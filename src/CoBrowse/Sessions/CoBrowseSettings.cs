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

    /// <summary>Three may be lost before the lease runs out, with the grain of what is written.</summary>
    public TimeSpan KeepAliveEvery => Lease / 3;

    /// <summary>What was heard is written at most this often, so that a session which is only watched costs next to nothing.</summary>
    public TimeSpan HeardEvery => Lease / 4;

    /// <summary>A keep-alive may come this late by what is written, so nobody is taken for silent before.</summary>
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
