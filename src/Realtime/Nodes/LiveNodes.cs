using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace CoPilot.Realtime.Nodes;

/// <summary>
/// Which nodes live, by the lists that heartbeats bring back. A node is dead when a list that was read after somebody asked for it, or after it was seen, lacks it.
/// After the list itself was lost it is complete again only when every node had time for a heartbeat; until then nobody is dead. Thread-safe; <see cref="Update"/>
/// is called by one thread at a time.
/// </summary>
internal sealed class LiveNodes(TimeProvider clock, TimeSpan deadAfter)
{
    /// <summary>A list on its way when somebody asks may have been read before the node was entered; the one after it was not.</summary>
    private const int ListsThatProve = 2;

    /// <summary>After so many lists a dead node is forgotten. It would be missed anew when somebody asked again.</summary>
    private const int ListsRemembered = 1_000;

    private readonly ConcurrentDictionary<string, long> _missedSince = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private volatile FrozenSet<string> _ids = FrozenSet<string>.Empty;
    private long _lists;
    private long _incompleteSince = clock.GetTimestamp();

    public FrozenSet<string> Ids => _ids;

    public bool IsDead(string nodeId)
    {
        if (_ids.Contains(nodeId))
        {
            return false;
        }

        var since = _missedSince.GetOrAdd(nodeId, static (_, lists) => lists, Volatile.Read(ref _lists));
        return IsComplete && Volatile.Read(ref _lists) - since >= ListsThatProve;
    }

    /// <summary>Takes a list that was just read, and answers the nodes that are dead since then.</summary>
    /// <param name="hadThisNode">Otherwise the list was lost, or this node was taken off it.</param>
    public IReadOnlyCollection<string> Update(FrozenSet<string> ids, bool hadThisNode)
    {
        if (!hadThisNode)
        {
            Volatile.Write(ref _incompleteSince, clock.GetTimestamp());
        }

        var lists = Volatile.Read(ref _lists) + 1;
        foreach (var seen in _ids)
        {
            if (!ids.Contains(seen))
            {
                _missedSince.TryAdd(seen, lists - ListsThatProve);
            }
        }

        _ids = ids;
        Volatile.Write(ref _lists, lists);
        return _missedSince.IsEmpty ? [] : NewlyLost(lists);
    }

    private bool IsComplete => clock.GetElapsedTime(Volatile.Read(ref _incompleteSince)) >= deadAfter;

    private List<string> NewlyLost(long lists)
    {
        var lost = new List<string>();
        foreach (var (node, since) in _missedSince)
        {
            if (_ids.Contains(node) || lists - since > ListsRemembered)
            {
                _missedSince.TryRemove(node, out _);
                _lost.Remove(node);
            }
            else if (IsComplete && lists - since >= ListsThatProve && _lost.Add(node))
            {
                lost.Add(node);
            }
        }

        return lost;
    }
}
