using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Transport;

/// <summary>All direct connections of this server: one timer beats for all of them, and they end before anything else is stopped.</summary>
/// <param name="time">The network's: a network does not follow a test's clock.</param>
/// <param name="clock">The one by which somebody is trusted until a moment.</param>
internal sealed class DirectConnections(TimeProvider time, TimeProvider clock, ILogger<DirectConnections> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    /// <summary>Whoever takes longer to part, the hub or the client, is cut short.</summary>
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<DirectConnection, TimeSpan> _connections = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopped = new();
    private volatile bool _isStopping;

    public int Count => _connections.Count;

    /// <param name="sendWithin">What takes longer to send ends the connection.</param>
    public void Add(DirectConnection connection, TimeSpan sendWithin)
    {
        _connections[connection] = sendWithin;
        if (_isStopping)
        {
            connection.End();
        }
    }

    public void Remove(DirectConnection connection)
    {
        _connections.TryRemove(connection, out _);
        if (_isStopping && _connections.IsEmpty)
        {
            _allEnded.TrySetResult();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = BeatAsync();
        return Task.CompletedTask;
    }

    /// <summary>Hubs take their leave of each connection, for which they need the services that stop next.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        foreach (var (connection, _) in _connections)
        {
            connection.End();
        }

        if (_connections.IsEmpty)
        {
            return;
        }

        try
        {
            await _allEnded.Task.WaitAsync(EndWithin, time, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            DirectLog.CutAtStop(logger, _connections.Count);
            foreach (var (connection, _) in _connections)
            {
                connection.Abort();
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopped.CancelAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopped.Dispose();

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopped.Token))
            {
                BeatAll(clock.GetUtcNow());
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void BeatAll(DateTimeOffset now)
    {
        foreach (var (connection, sendWithin) in _connections)
        {
            try
            {
                connection.Beat(now, sendWithin);
            }
#pragma warning disable CA1031 // One connection's trouble must not keep the pings from all others.
            catch (Exception error)
#pragma warning restore CA1031
            {
                DirectLog.BeatFailed(logger, connection.ConnectionId, error);
            }
        }
    }
}
