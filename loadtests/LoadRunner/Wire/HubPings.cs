namespace CoPilot.LoadRunner.Wire;

/// <summary>Pings every hub connection as often as the product's own clients do, a few at each tick: one timer for all. Thread-safe.</summary>
internal sealed class HubPings : IAsyncDisposable
{
    private const int Ticks = 50;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<LoadHub>[] _byTick = [.. Enumerable.Range(0, Ticks).Select(_ => new List<LoadHub>())];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private int _added;

    private HubPings() => _running = RunAsync();

    public static HubPings Begin() => new();

    /// <summary>One whose server does the asking answers by itself.</summary>
    public void Add(LoadHub hub)
    {
        if (!hub.Dialect.PingsUnasked)
        {
            return;
        }

        lock (_gate)
        {
            _byTick[_added++ % Ticks].Add(hub);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        try
        {
            for (var tick = 0; await timer.WaitForNextTickAsync(_stop.Token); tick++)
            {
                Ping(_byTick[tick % Ticks]);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private void Ping(List<LoadHub> hubs)
    {
        lock (_gate)
        {
            hubs.RemoveAll(hub => hub.HasEnded);
            foreach (var hub in hubs)
            {
                hub.Ping();
            }
        }
    }
}
