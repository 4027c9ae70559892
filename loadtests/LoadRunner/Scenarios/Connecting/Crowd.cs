using System.Collections.Concurrent;
using System.Net.Sockets;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Connecting;

/// <summary>People who connect and stay and say nothing. Thread-safe.</summary>
internal sealed class Crowd(WorkerContext worker, IEntrance entrance)
{
    private static readonly TimeSpan ConnectsWithin = TimeSpan.FromSeconds(20);

    private readonly StepMetrics _step = worker.Step(StepName);
    private readonly ConcurrentBag<IDisposable> _connected = [];
    private long _lost;

    public const string StepName = "connect";

    public Task InviteAsync(int people) => entrance.InviteAsync(people, worker.Stop);

    /// <summary>From opening the WebSocket until the protocol's handshake is answered. Not on the pacer's thread: opening takes longer than it has.</summary>
    public ValueTask ConnectNextAsync(long intended) => new(Task.Run(() => ConnectAsync(intended), worker.Stop));

    /// <summary>Who was connected, and is still; then all leave.</summary>
    public async Task<Correctness> CountAndLeaveAsync()
    {
        var lost = Volatile.Read(ref _lost);
        foreach (var connection in _connected)
        {
            connection.Dispose();
        }

        await entrance.DisposeAsync();
        return new Correctness(_connected.Count, _connected.Count - lost, lost, 0, 0, [], 0);
    }

    private async Task ConnectAsync(long intended)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(worker.Stop);
        limit.CancelAfter(ConnectsWithin);
        try
        {
            if (await entrance.ConnectNextAsync(Lose, limit.Token) is { } connection)
            {
                _step.Ok(intended);
                _connected.Add(connection);
            }
        }
        catch (Exception error) when (error is IOException or SocketException || (error is OperationCanceledException && !worker.Stop.IsCancellationRequested))
        {
            _step.Fail(intended, error is OperationCanceledException ? "timeout" : FailureCodes.Of(error));
            worker.Failures.Add(error);
        }
    }

    private void Lose(Exception error)
    {
        Interlocked.Increment(ref _lost);
        worker.Failures.Add(error);
    }
}
