using System.Collections.Concurrent;

namespace CoPilot.Realtime.Connections;

/// <summary>
/// The groups of this node's connections of a hub. A group exists while it has members here; a connection that has ended joins no more, so none is left
/// behind. Thread-safe.
/// </summary>
internal sealed class ConnectionGroups
{
    private readonly ConcurrentDictionary<string, Group> _groups = new(StringComparer.Ordinal);

    public bool Has(string group) => _groups.ContainsKey(group);

    public bool Join(LiveConnection connection, string group) => connection.TryEnter(group, () => AddTo(group, connection));

    public bool Leave(LiveConnection connection, string group) => connection.TryLeave(group, () => RemoveFrom(group, connection));

    /// <summary>The connection has ended; answers the groups that it was in.</summary>
    public IReadOnlyCollection<string> LeaveAll(LiveConnection connection) => connection.LeaveForever(group => RemoveFrom(group, connection));

    /// <summary>Those who are in the group at this moment; never changes afterwards.</summary>
    public LiveConnection[] MembersOf(string group) => _groups.TryGetValue(group, out var members) ? members.Snapshot() : [];

    private void AddTo(string name, LiveConnection connection)
    {
        while (!_groups.GetOrAdd(name, _ => new Group()).TryAdd(connection))
        {
            // Its last member left between the two steps, and it is being removed.
        }
    }

    private void RemoveFrom(string name, LiveConnection connection)
    {
        if (_groups.TryGetValue(name, out var group) && group.Remove(connection))
        {
            _groups.TryRemove(KeyValuePair.Create(name, group));
        }
    }

    /// <summary>Joining a group of thousands costs no copy; sending makes one when the members changed since the last time.</summary>
    private sealed class Group
    {
        private readonly Lock _gate = new();
        private readonly HashSet<LiveConnection> _members = [];
        private LiveConnection[]? _snapshot;
        private bool _isEnded;

        public bool TryAdd(LiveConnection connection)
        {
            lock (_gate)
            {
                if (_isEnded)
                {
                    return false;
                }

                _members.Add(connection);
                _snapshot = null;
                return true;
            }
        }

        /// <summary>True when that was the last: the group has ended, and the next member makes another one.</summary>
        public bool Remove(LiveConnection connection)
        {
            lock (_gate)
            {
                _members.Remove(connection);
                _snapshot = null;
                _isEnded = _members.Count == 0;
                return _isEnded;
            }
        }

        public LiveConnection[] Snapshot()
        {
            lock (_gate)
            {
                return _snapshot ??= [.. _members];
            }
        }
    }
}
