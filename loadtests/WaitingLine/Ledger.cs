using System.Collections.Concurrent;

namespace CoPilot.WaitingLine;

/// <summary>Who came and what became of them, so that nobody is lost and nobody is served twice. Thread-safe.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Customer> _came = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Exception> _failures = [];
    private Stage _stage = new("before");
    private int _untold;
    private int _stale;

    /// <summary>What happens now belongs to it.</summary>
    public Stage Stage
    {
        get => Volatile.Read(ref _stage);
        set => Volatile.Write(ref _stage, value);
    }

    public int CameInAll => _came.Count;

    public int Taken => _taken.Count;

    public int TakenTwice => _taken.Values.Count(times => times > 1);

    /// <summary>Who was in line and not told where.</summary>
    public int Untold => Volatile.Read(ref _untold);

    /// <summary>Offers that were over when the agent took them.</summary>
    public int Stale => Volatile.Read(ref _stale);

    public IReadOnlyCollection<Exception> Failures => _failures;

    public IEnumerable<Customer> NotTaken => _came.Where(entry => !_taken.ContainsKey(entry.Key)).Select(entry => entry.Value);

    public void Came(string contactId, Customer customer, bool isTold)
    {
        _came[contactId] = customer;
        if (!isTold)
        {
            Interlocked.Increment(ref _untold);
        }
    }

    public void Take(string contactId) => _taken.AddOrUpdate(contactId, 1, (_, times) => times + 1);

    public void CountStale() => Interlocked.Increment(ref _stale);

    public void Fail(Exception failure) => _failures.Add(failure);

    /// <summary>What nobody waits for must not fail unseen.</summary>
    public async Task WatchAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
#pragma warning disable CA1031 // Counted and told at the end.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(failure);
        }
    }
}
