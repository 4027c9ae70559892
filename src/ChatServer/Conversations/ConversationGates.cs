namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Lets one join or leave of a conversation through at a time on this node: otherwise a leave of the last connection could tell the store to
/// forget this node after a join had told it to remember. Thread-safe; a conversation takes room only while somebody is inside or waits.
/// </summary>
internal sealed class ConversationGates
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <summary>Waits for its turn, first come first served; disposing the answer lets the next one in.</summary>
    public async Task<IDisposable> EnterAsync(string conversationId, CancellationToken cancellationToken = default)
    {
        var gate = Approach(conversationId);
        try
        {
            await gate.Turn.WaitAsync(cancellationToken);
            return gate;
        }
        catch
        {
            Retreat(gate);
            throw;
        }
    }

    private Gate Approach(string conversationId)
    {
        lock (_lock)
        {
            if (!_gates.TryGetValue(conversationId, out var gate))
            {
                gate = new Gate(this, conversationId);
                _gates.Add(conversationId, gate);
            }

            gate.Count++;
            return gate;
        }
    }

    private void Retreat(Gate gate)
    {
        lock (_lock)
        {
            if (--gate.Count == 0)
            {
                _gates.Remove(gate.ConversationId);
            }
        }
    }

    /// <remarks>Its semaphore is never asked for a wait handle, so there is nothing to dispose in it.</remarks>
    private sealed class Gate(ConversationGates gates, string conversationId) : IDisposable
    {
        public string ConversationId => conversationId;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        /// <summary>Inside and waiting.</summary>
        public int Count { get; set; }

        public void Dispose()
        {
            Turn.Release();
            gates.Retreat(this);
        }
    }
}
