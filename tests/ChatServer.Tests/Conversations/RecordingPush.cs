using System.Collections.Concurrent;
using System.Threading.Channels;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>Keeps what each connection is told; can be held, as if telling took long. Thread-safe.</summary>
internal sealed class RecordingPush : IConversationPush, IDisposable
{
    private readonly ConcurrentDictionary<string, Channel<object>> _told = new(StringComparer.Ordinal);
    private readonly Channel<string> _aborted = Channel.CreateUnbounded<string>();
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _entered = new(0);

    public void Hold() => _open.Reset();

    public void Release() => _open.Set();

    /// <summary>Waits until somebody is being told something, and held at it.</summary>
    public Task HeldAsync() => _entered.WaitAsync().Within();

    public void Message(IReadOnlyList<string> connectionIds, MessageEvent message) => Tell(connectionIds, message);

    public void Typing(IReadOnlyList<string> connectionIds, TypingEvent typing) => Tell(connectionIds, typing);

    public void Read(IReadOnlyList<string> connectionIds, ReadEvent read) => Tell(connectionIds, read);

    public void Abort(string connectionId) => _aborted.Writer.TryWrite(connectionId);

    public async Task<T> NextAsync<T>(string connectionId) => Assert.IsType<T>(await Of(connectionId).Reader.ReadAsync().AsTask().Within());

    public Task<string> NextAbortedAsync() => _aborted.Reader.ReadAsync().AsTask().Within();

    public bool IsSilent(string connectionId) => !Of(connectionId).Reader.TryPeek(out _);

    public void Dispose()
    {
        _open.Dispose();
        _entered.Dispose();
    }

    private Channel<object> Of(string connectionId) => _told.GetOrAdd(connectionId, _ => Channel.CreateUnbounded<object>());

    private void Tell(IReadOnlyList<string> connectionIds, object payload)
    {
        if (!_open.IsSet)
        {
            _entered.Release();
            Assert.True(_open.Wait(Deadline.Default));
        }

        foreach (var connectionId in connectionIds)
        {
            Of(connectionId).Writer.TryWrite(payload);
        }
    }
}
