using CoPilot.Realtime;

namespace CoPilot.ChatServer.Hosting;

/// <summary>
/// Logs that the store is out of reach once for each outage: under load thousands of calls find it out, and their lines would bury every other. Thread-safe.
/// </summary>
internal sealed class StoreOutages(TimeProvider clock, ILogger<StoreOutages> logger)
{
    /// <summary>An outage is over when no call has failed for so long.</summary>
    public static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _lastFailure;

    /// <param name="what">What the caller wanted; it is named in the one line of the outage.</param>
    public void Note(string what, StoreUnavailableException error)
    {
        if (IsNew())
        {
            HostingLog.StoreUnavailable(logger, what, error);
        }
    }

    private bool IsNew()
    {
        lock (_gate)
        {
            var isNew = _lastFailure is not { } last || clock.GetElapsedTime(last) > QuietFor;
            _lastFailure = clock.GetTimestamp();
            return isNew;
        }
    }
}
