using CoPilot.Realtime.Redis;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// Keeps Redis' record of what this node has members of equal to what it really has. Whoever changes something local calls
/// <see cref="SettleAsync"/> afterwards; what is then there, not what was there when the call was made, is what Redis is told. Thread-safe.
/// <para><b>Cost.</b> One round trip when the node gets its first or loses its last member of a name, else none. Changes that come while one
/// is under way travel together.</para>
/// <para><b>Order.</b> Changes of one name reach Redis one at a time.</para>
/// <para><b>Failure.</b> The caller hears of it (<see cref="StoreUnavailableException"/>), and the change is tried again until it is made.</para>
/// </summary>
internal sealed class Memberships(
    string hub,
    RedisConnections redis,
    string nodeId,
    TimeProvider clock,
    Func<Membership, bool> isPresent,
    ILogger logger,
    CancellationToken stopping)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly MembershipWriter _writer = new(hub, redis, nodeId);
    private readonly Lock _gate = new();
    private readonly Dictionary<Membership, Entry> _entries = [];
    private List<Change> _pending = [];
    private List<Change> _failed = [];
    private bool _isWriting;
    private bool _isAway;
    private volatile bool _hasLeft;

    /// <summary>Returns when Redis knows whether this node has members of these names.</summary>
    public Task SettleAsync(params ReadOnlySpan<Membership> memberships)
    {
        List<Task>? settling = null;
        lock (_gate)
        {
            foreach (var membership in memberships)
            {
                if (Mark(membership) is { } task)
                {
                    (settling ??= []).Add(task);
                }
            }
        }

        if (settling is null)
        {
            return Task.CompletedTask;
        }

        StartWriting();
        return settling.Count == 1 ? settling[0] : Task.WhenAll(settling);
    }

    /// <summary>Redis may have lost, or others may have removed, what this node entered: enters everything anew, in batches.</summary>
    public Task RegisterAnewAsync()
    {
        List<Task> settling = [];
        lock (_gate)
        {
            _writer.Forget();
            foreach (var (membership, entry) in _entries)
            {
                entry.IsRegistered = false;
                settling.Add(Enqueue(membership, entry));
            }
        }

        StartWriting();
        return Task.WhenAll(settling);
    }

    /// <summary>The node stops: it has members of nothing from now on.</summary>
    public async Task LeaveAsync()
    {
        _hasLeft = true;
        await RegisterAnewAsync();
        await _writer.LeaveAsync();
    }

    /// <summary>Null when Redis knows it already.</summary>
    private Task? Mark(Membership membership)
    {
        var isMember = IsMember(membership);
        if (!_entries.TryGetValue(membership, out var entry))
        {
            if (!isMember)
            {
                return null;
            }

            _entries.Add(membership, entry = new Entry());
        }

        // While nothing of it is under way, a later change finds what the caller has just made.
        return entry is { IsRegistered: true, Pending: null, IsWriting: false } && isMember ? null : Enqueue(membership, entry);
    }

    private bool IsMember(Membership membership) => !_hasLeft && isPresent(membership);

    private Task Enqueue(Membership membership, Entry entry)
    {
        if (entry.Pending is null)
        {
            entry.Pending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _pending.Add(new Change(membership, entry));
        }

        return entry.Pending.Task;
    }

    private void StartWriting()
    {
        lock (_gate)
        {
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        _ = WriteAsync();
    }

    private async Task WriteAsync()
    {
        while (Take() is { } changes)
        {
            await _writer.WriteAsync(changes);
            var failure = Finish(changes);
            if (failure is not null && !_isAway)
            {
                BackplaneLog.MembershipsDelayed(logger, hub, failure);
            }

            _isAway = failure is not null;
        }
    }

    private List<Change>? Take()
    {
        lock (_gate)
        {
            if (_pending.Count == 0)
            {
                _isWriting = false;
                return null;
            }

            var changes = _pending;
            _pending = [];
            foreach (var change in changes)
            {
                // Marked first and read second: whoever changes it from here on enqueues it again.
                change.Entry.IsWriting = true;
                change.Settled = change.Entry.Pending!;
                change.Entry.Pending = null;
                change.IsMember = IsMember(change.Membership);
            }

            return changes;
        }
    }

    /// <summary>Answers a failure, if there was one.</summary>
    private StoreUnavailableException? Finish(List<Change> changes)
    {
        StoreUnavailableException? failure = null;
        lock (_gate)
        {
            foreach (var change in changes)
            {
                change.Entry.IsWriting = false;
                if (change.Failure is not null)
                {
                    failure = change.Failure;
                    change.Entry.IsRegistered = false;
                    RetryLater(change);
                }
                else
                {
                    change.Entry.IsRegistered = change.IsMember;
                    if (!change.IsMember && change.Entry.Pending is null)
                    {
                        _entries.Remove(change.Membership);
                    }
                }
            }
        }

        foreach (var change in changes)
        {
            change.Answer();
        }

        return failure;
    }

    private void RetryLater(Change change)
    {
        _failed.Add(change);
        if (_failed.Count == 1)
        {
            _ = RetryAsync();
        }
    }

    private async Task RetryAsync()
    {
        try
        {
            await Task.Delay(RetryAfter, clock, stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            var failed = _failed;
            _failed = [];
            foreach (var change in failed)
            {
                // Nobody waits for this attempt; a failure is written down again.
                _ = Enqueue(change.Membership, change.Entry);
            }
        }

        StartWriting();
    }

    internal sealed class Entry
    {
        public bool IsRegistered { get; set; }

        public bool IsWriting { get; set; }

        /// <summary>Set while a change waits to be written.</summary>
        public TaskCompletionSource? Pending { get; set; }
    }

    internal sealed class Change(Membership membership, Entry entry)
    {
        public Membership Membership => membership;

        public Entry Entry => entry;

        public bool IsMember { get; set; }

        public TaskCompletionSource? Settled { get; set; }

        public StoreUnavailableException? Failure { get; set; }

        public void Answer()
        {
            if (Failure is null)
            {
                Settled?.TrySetResult();
            }
            else if (Settled is not null)
            {
                Settled.TrySetException(Failure);

                // Perhaps nobody waits; then this is no unobserved exception.
                _ = Settled.Task.Exception;
            }
        }
    }
}
