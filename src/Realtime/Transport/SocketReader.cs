using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Threading.Tasks.Sources;

namespace CoPilot.Realtime.Transport;

/// <summary>
/// What a WebSocket receives, for one reader at a time. It receives only while the reader waits, so a hub that is busy holds its client back through the
/// network; it has a buffer only while there is something in it; and the reader goes on in the thread that received.
/// <para>Cancelling a read leaves the WebSocket alone, whose own cancellation would end it: the receiving goes on and its outcome is the next read's.</para>
/// </summary>
/// <param name="socket">Nobody else receives from it.</param>
/// <param name="closed">The client said that it says no more; called before the hub learns of it.</param>
internal sealed partial class SocketReader(WebSocket socket, Action closed) : PipeReader, IValueTaskSource<ReadResult>, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<ReadResult> _read;
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _isExamined = true;
    private bool _isReading;
    private bool _isReceiving;
    private bool _isCancelled;
    private bool _isCompleted;
    private ReadResult _postponed;
    private ReceiveState _state;
    private Exception? _error;

    private enum ReceiveState
    {
        Open,

        /// <summary>The server ends the connection; what the client still says does not reach the hub.</summary>
        Told,

        /// <summary>The client said that it says no more, or is gone.</summary>
        Over,
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled)
        {
            return ReadCancellablyAsync(cancellationToken);
        }

        lock (_gate)
        {
            if (FindResult() is { } result)
            {
                return new(result);
            }

            _read.Reset();
            _isReading = true;
            if (_isReceiving)
            {
                return new(this, _read.Version);
            }

            _isReceiving = true;
        }

        var version = _read.Version;
        _ = ReceiveAsync();
        return new(this, version);
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
        {
            var found = FindResult();
            result = found.GetValueOrDefault();
            return found is not null;
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_gate)
        {
            // A read that was cancelled showed nothing, so there is nothing to advance over.
            if (consumed.GetObject() is null || _buffer is null)
            {
                return;
            }

            _start = consumed.GetInteger();
            _isExamined = examined.GetInteger() >= _end;
            if (_start == _end)
            {
                _isExamined = true;
                ReleaseBuffer();
            }
        }
    }

    /// <summary>The cancelled reader goes on in another thread: who cancels may hold locks.</summary>
    public override void CancelPendingRead()
    {
        lock (_gate)
        {
            _isCancelled |= !TryCancelWaiting();
        }
    }

    /// <summary>For the hub the connection is over, at once.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_state != ReceiveState.Open)
            {
                return;
            }

            _state = ReceiveState.Told;
            if (_isReading)
            {
                Postpone(new ReadResult(default, isCanceled: false, isCompleted: true));
            }
        }
    }

    /// <summary>After the hub: passes over whatever the client still says, until it says that this was all, or is gone.</summary>
    public async Task ReadToEndAsync()
    {
        lock (_gate)
        {
            _state = _state == ReceiveState.Told ? ReceiveState.Open : _state;
            _isExamined = true;
            _error = null;
        }

        while (true)
        {
            var result = await ReadAsync();
            AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_gate)
        {
            _isCompleted = true;
            if (!_isReceiving)
            {
                ReleaseBuffer();
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => _read.SetResult(_postponed);

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private async ValueTask<ReadResult> ReadCancellablyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // In this order, so that the token cancels this read and can never reach the next.
        var reading = ReadAsync(CancellationToken.None);
        await using var registration = cancellationToken.UnsafeRegister(reader => ((SocketReader)reader!).CancelWaiting(), this);
        var result = await reading;
        if (result.IsCanceled)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return result;
    }

    private void CancelWaiting()
    {
        lock (_gate)
        {
            TryCancelWaiting();
        }
    }

    private bool TryCancelWaiting()
    {
        if (!_isReading)
        {
            return false;
        }

        Postpone(new ReadResult(default, isCanceled: true, isCompleted: false));
        return true;
    }

    private void Postpone(ReadResult result)
    {
        _isReading = false;
        _postponed = result;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>What can be answered without waiting.</summary>
    private ReadResult? FindResult()
    {
        if (_isCancelled)
        {
            _isCancelled = false;
            return new ReadResult(default, isCanceled: true, isCompleted: _state != ReceiveState.Open);
        }

        if (_state == ReceiveState.Told)
        {
            return new ReadResult(default, isCanceled: false, isCompleted: true);
        }

        if (_isExamined && _state == ReceiveState.Open)
        {
            return null;
        }

        if (_isExamined && _error is not null)
        {
            throw _error;
        }

        var buffered = _buffer is null ? default : new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
        return new ReadResult(buffered, isCanceled: false, isCompleted: _state == ReceiveState.Over && _error is null);
    }
}
