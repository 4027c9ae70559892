namespace CoPilot.HubClient;

/// <summary>
/// One kind of event of one client: what arrived so far, in order, and waiting for what is still to come. Thread-safe.
/// A load run that only counts takes <see cref="Arrived"/> and keeps nothing.
/// </summary>
public sealed class EventStream<T>(bool keep)
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<T> _received = [];
    private readonly List<Waiter> _waiters = [];

    /// <summary>Called for each event, in order, on the connection's receiving task: it must return quickly.</summary>
    public event Action<T>? Arrived;

    /// <summary>A copy of what arrived so far.</summary>
    public IReadOnlyList<T> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>The first event that fits, of those that arrived already or else of those to come; fails after <paramref name="within"/> (30 s).</summary>
    public async Task<T> WaitForAsync(Func<T, bool> fits, TimeSpan? within = null)
    {
        var waiter = new Waiter(fits);
        lock (_gate)
        {
            foreach (var received in _received)
            {
                if (fits(received))
                {
                    return received;
                }
            }

            _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Task.WaitAsync(within ?? DefaultLimit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No fitting {typeof(T).Name} within {within ?? DefaultLimit}; arrived so far: {string.Join("; ", Received)}");
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    internal void Publish(T arrived)
    {
        lock (_gate)
        {
            if (keep)
            {
                _received.Add(arrived);
            }

            foreach (var waiter in _waiters)
            {
                waiter.Offer(arrived);
            }
        }

        Arrived?.Invoke(arrived);
    }

    private sealed class Waiter(Func<T, bool> fits)
    {
        private readonly TaskCompletionSource<T> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _found.Task;

        public void Offer(T arrived)
        {
            if (fits(arrived))
            {
                _found.TrySetResult(arrived);
            }
        }
    }
}
