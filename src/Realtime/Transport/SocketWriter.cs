using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Threading.Tasks.Sources;

namespace CoPilot.Realtime.Transport;

/// <summary>
/// Sends what a hub writes, in the thread that wrote it. What is written while a send is under way is joined into the next one; beyond
/// <paramref name="limit"/> bytes of that, flushing waits until they are under way. Within <see cref="JoinedSends"/> the send begins when that ends. One writer at a
/// time, as SignalR's write lock has it.
/// <para>When sending fails the connection is over: <paramref name="failed"/> is called once, and whatever is written from then on is dropped.</para>
/// </summary>
internal sealed partial class SocketWriter(WebSocket socket, long limit, TimeProvider time, Action failed)
    : PipeWriter, IValueTaskSource<FlushResult>, IThreadPoolWorkItem
{
    private const long NotSending = long.MaxValue;

    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<FlushResult> _flush;
    private bool _isFlushing;
    private bool _isFlushCancelled;
    private bool _isOver;
    private bool _isHeld;
    private long _sendingSince = NotSending;
    private TaskCompletionSource? _allSent;

    /// <summary>What the hub protocol speaks.</summary>
    public WebSocketMessageType MessageType { get; set; } = WebSocketMessageType.Text;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(1, sizeHint));
        return _buffer.AsMemory(_count);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(Math.Max(1, sizeHint));
        return _buffer.AsSpan(_count);
    }

    public override void Advance(int bytes) => _count += bytes;

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        MakeRoom(source.Length);
        source.Span.CopyTo(_buffer.AsSpan(_count));
        _count += source.Length;
        return FlushAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ReadOnlyMemory<byte> frame;
        lock (_gate)
        {
            if (_isOver)
            {
                Release(ref _buffer);
                _count = 0;
                return new(new FlushResult(isCanceled: false, isCompleted: true));
            }

            Join();
            if (_underWay is not null)
            {
                return _joinedCount <= limit ? default : WaitForRoom();
            }

            if (_joinedCount == 0)
            {
                return default;
            }

            if (_joinedCount <= limit && (_isHeld || JoinedSends.TryHold(this)))
            {
                // Whoever flushes meanwhile, in whatever thread, adds to it.
                _isHeld = true;
                return default;
            }

            frame = TakeJoined();
        }

        Send(frame);
        return default;
    }

    /// <summary>The send goes on; only the wait for it ends, or the next one if nobody waits. In another thread, as who cancels may hold locks.</summary>
    public override void CancelPendingFlush()
    {
        lock (_gate)
        {
            _isFlushCancelled = !_isFlushing;
            if (_isFlushing)
            {
                _isFlushing = false;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_gate)
        {
            _isOver = true;
            Release(ref _joined);
            _joinedCount = 0;
        }
    }

    /// <summary>When all that was flushed is with the network, or given up.</summary>
    public Task AllSentAsync()
    {
        lock (_gate)
        {
            return _underWay is null && !_isHeld
                ? Task.CompletedTask
                : (_allSent ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public bool HasBeenSendingFor(TimeSpan limit)
    {
        var since = Volatile.Read(ref _sendingSince);
        return since != NotSending && time.GetElapsedTime(since) > limit;
    }

    /// <summary>What was held back, unless it grew beyond the limit and was sent meanwhile.</summary>
    public void SendHeld()
    {
        ReadOnlyMemory<byte> frame;
        lock (_gate)
        {
            _isHeld = false;
            if (_underWay is not null)
            {
                return;
            }

            if (_joinedCount == 0)
            {
                _allSent?.TrySetResult();
                return;
            }

            frame = TakeJoined();
        }

        Send(frame);
    }

    void IThreadPoolWorkItem.Execute() => _flush.SetResult(new FlushResult(isCanceled: true, isCompleted: false));

    FlushResult IValueTaskSource<FlushResult>.GetResult(short token) => _flush.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<FlushResult>.GetStatus(short token) => _flush.GetStatus(token);

    void IValueTaskSource<FlushResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _flush.OnCompleted(continuation, state, token, flags);

    private void Send(ReadOnlyMemory<byte> frame)
    {
        var sending = StartSending(frame);
        if (!sending.IsCompletedSuccessfully)
        {
            _ = SendRestAsync(sending);
            return;
        }

        // As good as always: the frame is with Kestrel, and the next write finds nothing under way.
#pragma warning disable VSTHRD002 // It is completed; asking for the result gives what is pooled behind it back.
        sending.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        if (TakeNext() is { IsEmpty: false } next)
        {
            _ = SendRestAsync(StartSending(next));
        }
    }

    private ValueTask StartSending(ReadOnlyMemory<byte> frame)
    {
        try
        {
            return socket.SendAsync(frame, MessageType, endOfMessage: true, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever it is goes where those of sends under way go.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ValueTask.FromException(error);
        }
    }

    private async Task SendRestAsync(ValueTask sending)
    {
        try
        {
            while (true)
            {
                await sending;
                var next = TakeNext();
                if (next.IsEmpty)
                {
                    return;
                }

                sending = StartSending(next);
            }
        }
#pragma warning disable CA1031 // Whatever it was, this connection can be told nothing more; its end is what the hub and the client see.
        catch (Exception)
#pragma warning restore CA1031
        {
            Fail();
        }
    }

    /// <summary>The send under way is done; answers what came meanwhile, which then is under way.</summary>
    private ReadOnlyMemory<byte> TakeNext()
    {
        ReadOnlyMemory<byte> next = default;
        bool isAwaited;
        lock (_gate)
        {
            Release(ref _underWay);
            if (_isOver || _joinedCount == 0)
            {
                Volatile.Write(ref _sendingSince, NotSending);
                _allSent?.TrySetResult();
            }
            else
            {
                next = TakeJoined();
            }

            isAwaited = _isFlushing;
            _isFlushing = false;
        }

        if (isAwaited)
        {
            _flush.SetResult(default);
        }

        return next;
    }

    private void Fail()
    {
        bool isAwaited;
        lock (_gate)
        {
            _isOver = true;
            Release(ref _underWay);
            Release(ref _joined);
            _joinedCount = 0;
            Volatile.Write(ref _sendingSince, NotSending);
            _allSent?.TrySetResult();
            isAwaited = _isFlushing;
            _isFlushing = false;
        }

        // One that is being closed takes no more words, which is nobody's failure, and must not be cut before the close frame is read.
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            failed();
        }

        if (isAwaited)
        {
            _flush.SetResult(new FlushResult(isCanceled: false, isCompleted: true));
        }
    }

    private ValueTask<FlushResult> WaitForRoom()
    {
        if (_isFlushCancelled)
        {
            _isFlushCancelled = false;
            return new(new FlushResult(isCanceled: true, isCompleted: false));
        }

        _flush.Reset();
        _isFlushing = true;
        return new(this, _flush.Version);
    }
}
