using System.Collections.Concurrent;
using CoPilot.ChatServer.Callbacks;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>Keeps who watches what. Thread-safe.</summary>
internal sealed class RecordingWatchers : ICallbackWatchers
{
    private readonly ConcurrentDictionary<(string ConnectionId, string ContactId), bool> _watching = new();

    public IEnumerable<(string ConnectionId, string ContactId)> Watching => _watching.Keys;

    public Task AddAsync(string connectionId, string contactId, CancellationToken cancellationToken = default)
    {
        _watching.TryAdd((connectionId, contactId), true);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string connectionId, string contactId, CancellationToken cancellationToken = default)
    {
        _watching.TryRemove((connectionId, contactId), out _);
        return Task.CompletedTask;
    }
}
