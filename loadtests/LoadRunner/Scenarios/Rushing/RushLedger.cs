using System.Collections.Concurrent;

namespace CoPilot.LoadRunner.Scenarios.Rushing;

/// <summary>Who got in line and who was taken, so that nobody is lost and nobody taken twice. Thread-safe.</summary>
internal sealed class RushLedger
{
    private readonly ConcurrentDictionary<string, int> _times = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _came;
    private int _finished;
    private volatile bool _isComplete;

    /// <summary>Ends when all who got in line were taken and finished with, once no more come.</summary>
    public Task EverybodyServed => _served.Task;

    public int Came => Volatile.Read(ref _came);

    public int Taken => _times.Values.Count(times => times > 0);

    public int TakenTwice => _times.Values.Count(times => times > 1);

    /// <summary>Taken, but never in line.</summary>
    public int Unknown => Math.Max(0, _times.Count - Came);

    public void Comes(string contactId)
    {
        _times.TryAdd(contactId, 0);
        Interlocked.Increment(ref _came);
    }

    /// <summary>From now on nobody comes.</summary>
    public void Close()
    {
        _isComplete = true;
        Look();
    }

    public void Takes(string contactId) => _times.AddOrUpdate(contactId, 1, (_, times) => times + 1);

    public void Finishes()
    {
        Interlocked.Increment(ref _finished);
        Look();
    }

    private void Look()
    {
        if (_isComplete && Volatile.Read(ref _finished) >= Came)
        {
            _served.TrySetResult();
        }
    }
}
