using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Once a minute the keeper of a site looks whether its routing state is as it must be, and measures and logs what is not. It repairs nothing: a broken invariant is a fault of ours, or
/// somebody's hand in the store.
/// </summary>
public sealed class RoutingWatchdog(
    IRoutingInvariants invariants, ISiteKeeper keeper, RoutingMetrics metrics, ISiteCatalog sites, TimeProvider clock, ILogger<RoutingWatchdog> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Site, string Invariant), int> _known = [];
    private bool _fails;

    /// <summary>Looks at the whole of the site, part by part, when this node keeps it.</summary>
    internal async Task LookAsync(string siteId, CancellationToken cancellationToken)
    {
        if (!await keeper.KeepAsync(siteId, cancellationToken))
        {
            metrics.InvariantsForgotten(siteId);
            return;
        }

        var broken = RoutingInvariants.All.ToDictionary(invariant => invariant, _ => 0, StringComparer.Ordinal);
        for (var part = await invariants.CheckAsync(siteId, from: null, cancellationToken); ;
            part = await invariants.CheckAsync(siteId, part.Next, cancellationToken))
        {
            foreach (var (invariant, count) in part.Broken)
            {
                broken[invariant] += count;
            }

            if (part.Next is null)
            {
                break;
            }
        }

        metrics.InvariantsSeen(siteId, broken);
        foreach (var (invariant, count) in broken)
        {
            Tell(siteId, invariant, count);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var site in sites.All)
                {
                    await TryLookAsync(site.Id, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; another one looks.
        }
    }

    private async Task TryLookAsync(string siteId, CancellationToken stopping)
    {
        try
        {
            await LookAsync(siteId, stopping);
            _fails = false;
        }
#pragma warning disable CA1031 // A store out of reach is asked again in a minute.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (!_fails)
            {
                RoutingLog.WatchdogFails(logger, siteId, error);
            }

            _fails = true;
        }
    }

    /// <summary>Once for what is broken, and again only when it is more.</summary>
    private void Tell(string siteId, string invariant, int count)
    {
        if (count > _known.GetValueOrDefault((siteId, invariant)))
        {
            RoutingLog.InvariantBroken(logger, siteId, invariant, count);
        }

        _known[(siteId, invariant)] = count;
    }
}
