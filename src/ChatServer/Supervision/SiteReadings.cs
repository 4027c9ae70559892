using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Supervision;

/// <summary>
/// Reads sites for those who watch them on this node: what was read less than a second ago is shared, however many ask. Only a line that nobody asked for in that second makes it read
/// sooner. Thread-safe.
/// </summary>
internal sealed class SiteReadings(IContactQueue queue, TimeProvider clock)
{
    /// <summary>From one reading of a site to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long BegunAt, IReadOnlyCollection<string> Lines, Task<SiteReading> Reading)> _last = new(StringComparer.Ordinal);

    /// <summary>Of what was so at most <see cref="Interval"/> ago.</summary>
    /// <param name="lines">Configured queues whose lines are listed.</param>
    public Task<SiteReading> ReadSharedAsync(Site site, IReadOnlyCollection<string> lines, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_last.TryGetValue(site.Id, out var last) || IsOver(last.BegunAt) || last.Reading.IsFaulted)
            {
                return BeginAsync(site, lines).WaitAsync(cancellationToken);
            }

            // With those of the last reading: who goes back to a line within the second shares this one.
            return (lines.All(last.Lines.Contains) ? last.Reading : BeginAsync(site, [.. last.Lines.Union(lines)])).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Of what is so from now on, begun when a second has passed since the last reading.</summary>
    public async Task<SiteReading> ReadNextAsync(Site site, Func<IReadOnlyCollection<string>> lines, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<SiteReading>? reading = null;
            TimeSpan rest;
            lock (_gate)
            {
                rest = _last.TryGetValue(site.Id, out var last) ? Interval - clock.GetElapsedTime(last.BegunAt) : TimeSpan.Zero;
                if (rest <= TimeSpan.Zero)
                {
                    reading = BeginAsync(site, lines());
                }
            }

            if (reading is not null)
            {
                return await reading.WaitAsync(cancellationToken);
            }

            await Task.Delay(rest, clock, cancellationToken);
        }
    }

    private bool IsOver(long begunAt) => clock.GetElapsedTime(begunAt) >= Interval;

    private Task<SiteReading> BeginAsync(Site site, IReadOnlyCollection<string> lines)
    {
        var reading = ReadAsync(site, lines);
        _last[site.Id] = (clock.GetTimestamp(), lines, reading);
        return reading;
    }

    /// <summary>Nobody's own: who began it may go away while others wait for it.</summary>
    private async Task<SiteReading> ReadAsync(Site site, IReadOnlyCollection<string> lines)
    {
        // Not under the lock.
        await Task.Yield();
        return new SiteReading(site, await queue.GetSiteAsync(site.Id, lines, isWatched: true, CancellationToken.None));
    }
}
