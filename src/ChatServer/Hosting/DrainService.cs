using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

/// <summary>
/// Empties this node before it stops: it is ready no more, takes no new hub connection, tells those it has to go, and waits until they are gone or the time is up.
/// Thread-safe. A node that dies instead loses nothing either; draining only spares its clients the surprise.
/// </summary>
public sealed class DrainService(
    IEnumerable<IDrainable> drainables, IOptions<DrainOptions> options, TimeProvider clock, ILogger<DrainService> logger)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);

    private volatile bool _isDraining;

    public bool IsDraining => _isDraining;

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        var open = OpenConnections();
        if (open == 0)
        {
            return;
        }

        var deadline = clock.GetUtcNow() + options.Value.ReconnectWithin;
        HostingLog.Draining(logger, open, options.Value.ReconnectWithin);
        foreach (var drainable in drainables)
        {
            await drainable.AnnounceAsync(options.Value.ReconnectWithin, cancellationToken);
        }

        while (OpenConnections() > 0 && clock.GetUtcNow() < deadline)
        {
            await Task.Delay(LookAgainAfter, clock, cancellationToken);
        }
    }

    private int OpenConnections() => drainables.Sum(drainable => drainable.OpenConnections);
}
