using CoPilot.ChatServer.Sites;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Estimates for whoever asks: a site's facts are read at most once a second on this node, however many ask, and nothing is read while nobody does. Thread-safe.
/// </summary>
public sealed class WaitEstimates(IContactQueue queue, ISiteCatalog sites, TimeProvider clock)
{
    /// <summary>Ranges are whole minutes, so a second more or less is nothing.</summary>
    public static readonly TimeSpan SharedFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);

    /// <summary>For a contact as it stands; null when it is not in line.</summary>
    /// <param name="position">As <see cref="IContactQueue.GetPositionsAsync"/> answers.</param>
    public async Task<WaitRange?> EstimateAsync(Contact contact, int? position, CancellationToken cancellationToken = default) =>
        position is { } place && RoutingResults.IsInLine(contact) && sites.TryGet(contact.SiteId, out var site)
            ? (await ReadSharedAsync(site, cancellationToken)).Of(contact, place)
            : null;

    /// <summary>The same for the contact's customer, who sees it: what is shown first is kept, so that it can be held against what they waited.</summary>
    public async Task<WaitRange?> ShowAsync(Contact contact, int? position, CancellationToken cancellationToken = default)
    {
        var range = await EstimateAsync(contact, position, cancellationToken);
        if (range is not null && contact.Shown is null)
        {
            await queue.KeepShownWaitsAsync(contact.SiteId, [new WaitShown(contact.ContactId, range)], cancellationToken);
        }

        return range;
    }

    /// <summary>From what was so at most <see cref="SharedFor"/> ago.</summary>
    public Task<SiteWaits> ReadSharedAsync(Site site, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!_readings.TryGetValue(site.Id, out var reading) || reading.Waits.IsFaulted || clock.GetElapsedTime(reading.BegunAt) >= SharedFor)
            {
                reading = new Reading(clock.GetTimestamp(), BeginAsync(site));
                _readings[site.Id] = reading;
            }

            // Nobody's own: who began it may go away while others wait for it.
            return reading.Waits.WaitAsync(cancellationToken);
        }
    }

    private async Task<SiteWaits> BeginAsync(Site site)
    {
        // Not under the lock.
        await Task.Yield();
        return new SiteWaits(site, await queue.GetWaitsAsync(site.Id, CancellationToken.None));
    }

    private sealed record Reading(long BegunAt, Task<SiteWaits> Waits);
}
