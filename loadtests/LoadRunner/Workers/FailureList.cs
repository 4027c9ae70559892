namespace CoPilot.LoadRunner.Workers;

/// <summary>The first of what went wrong, and how much it was. Thread-safe.</summary>
internal sealed class FailureList
{
    private const int Kept = 20;

    private readonly Lock _gate = new();
    private readonly List<string> _first = [];
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public IReadOnlyList<string> First
    {
        get
        {
            lock (_gate)
            {
                return [.. _first];
            }
        }
    }

    public void Add(Exception failure) => Add($"{failure.GetType().Name}: {failure.Message}");

    public void Add(string failure)
    {
        Interlocked.Increment(ref _count);
        lock (_gate)
        {
            if (_first.Count < Kept)
            {
                _first.Add(failure);
            }
        }
    }
}
