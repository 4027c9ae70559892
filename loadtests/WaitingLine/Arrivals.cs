using System.Diagnostics;
using CoPilot.HubClient;

namespace CoPilot.WaitingLine;

/// <summary>Customers who come at a steady rate, whether those before them have been heard yet or not, to one node after the other.</summary>
internal sealed class Arrivals(IReadOnlyList<Uri> nodes, Ledger ledger) : IDisposable
{
    /// <summary>So many may be coming at once: beyond, the generator is too slow, and the rate that was reached says so.</summary>
    private const int AtOnce = 200;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim _room = new(AtOnce);
    private readonly List<HttpClient> _http = [.. nodes.Select(node => new HttpClient { BaseAddress = node })];
    private int _begun;

    /// <summary>Returns when all of them have come, or at the end of the time and those who were coming then are there.</summary>
    public async Task ComeAsync(double perSecond, int most, CancellationToken until = default)
    {
        var start = Stopwatch.GetTimestamp();
        var begun = 0;
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        while (begun < most && !until.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            for (var due = Math.Min(most, Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond); begun < due; begun++)
            {
                await _room.WaitAsync(CancellationToken.None);
                _ = ComeAsync(_begun++ % nodes.Count);
            }
        }

        for (var i = 0; i < AtOnce; i++)
        {
            await _room.WaitAsync(CancellationToken.None);
        }

        _room.Release(AtOnce);
    }

    public void Dispose()
    {
        _room.Dispose();
        _http.ForEach(http => http.Dispose());
    }

    private async Task ComeAsync(int node)
    {
        await ledger.WatchAsync(() => Customer.ComeAsync(new ServerApi(_http[node]), nodes[node], ledger));
        _room.Release();
    }
}
