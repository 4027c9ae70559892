using System.Runtime.InteropServices;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// The nodes of the page that a customer shows, by their ids: parents and flags, no content. It has at most so many nodes and
/// levels as the rules say, and costs about 60 bytes a node. Not thread-safe.
/// </summary>
internal sealed class PageTree(SanitizerLimits limits)
{
    private const int None = -1;

    private readonly Dictionary<int, int> _slots = [];
    private readonly List<int> _free = [];
    private readonly Stack<int> _removing = new();
    private Slot[] _nodes = new Slot[64];
    private int _used;

    public int Count => _slots.Count;

    public void Clear()
    {
        _slots.Clear();
        _free.Clear();
        _used = 0;
    }

    /// <summary>The flags of a node; <see cref="PageNode.None"/> when there is none with this id.</summary>
    public PageNode Flags(int id) => _slots.TryGetValue(id, out var slot) ? _nodes[slot].Flags : PageNode.None;

    public AttributeSet? Attributes(int id) => _slots.TryGetValue(id, out var slot) ? _nodes[slot].Attributes : null;

    /// <summary>The id of a node's parent; 0 for the document and for what is not there.</summary>
    public int Parent(int id) => _slots.TryGetValue(id, out var slot) && _nodes[slot].Parent is var parent and not None ? _nodes[parent].Id : 0;

    /// <summary>Adds a node under a parent that is there (0 for the document); answers why not, or null.</summary>
    public string? Add(int id, int parentId, PageNode flags, AttributeSet? attributes)
    {
        var parent = parentId == 0 ? None : _slots[parentId];
        var depth = parent == None ? 1 : _nodes[parent].Depth + 1;
        if (depth > limits.Depth)
        {
            return RefusalReason.TooDeep;
        }

        if (_slots.Count >= limits.Nodes)
        {
            return RefusalReason.TooManyNodes;
        }

        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, id, out var taken);
        if (taken)
        {
            return RefusalReason.Id;
        }

        var slot = entry = TakeSlot();
        var next = parent == None ? None : _nodes[parent].FirstChild;
        _nodes[slot] = new Slot(id, parent, next, (short)depth, flags, attributes);
        if (next != None)
        {
            _nodes[next].Previous = slot;
        }

        if (parent != None)
        {
            _nodes[parent].FirstChild = slot;
        }

        return null;
    }

    /// <summary>Removes a node that is there, with all that it holds.</summary>
    public void Remove(int id)
    {
        var slot = _slots[id];
        Detach(ref _nodes[slot]);
        _removing.Push(slot);
        while (_removing.TryPop(out var removed))
        {
            for (var child = _nodes[removed].FirstChild; child != None; child = _nodes[child].Next)
            {
                _removing.Push(child);
            }

            _slots.Remove(_nodes[removed].Id);
            _nodes[removed].Attributes = null;
            _free.Add(removed);
        }
    }

    private void Detach(ref Slot node)
    {
        if (node.Next != None)
        {
            _nodes[node.Next].Previous = node.Previous;
        }

        if (node.Previous != None)
        {
            _nodes[node.Previous].Next = node.Next;
        }
        else if (node.Parent != None)
        {
            _nodes[node.Parent].FirstChild = node.Next;
        }
    }

    private int TakeSlot()
    {
        if (_free.Count > 0)
        {
            var slot = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            return slot;
        }

        if (_used == _nodes.Length)
        {
            Array.Resize(ref _nodes, _used * 2);
        }

        return _used++;
    }

    private struct Slot(int id, int parent, int next, short depth, PageNode flags, AttributeSet? attributes)
    {
        public readonly int Id = id;
        public readonly int Parent = parent;
        public int FirstChild = None;
        public int Next = next;
        public int Previous = None;
        public readonly short Depth = depth;
        public readonly PageNode Flags = flags;
        public AttributeSet? Attributes = attributes;
    }
}
