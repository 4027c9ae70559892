using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace CoPilot.Realtime.Transport;

/// <summary>How it receives, and into what.</summary>
internal sealed partial class SocketReader
{
    private const int FirstBuffer = 2 * 1024;

    /// <summary>Receives until nobody waits. The hub handles what came within <see cref="Deliver"/>, and may ask for more there.</summary>
    private async Task ReceiveAsync()
    {
        do
        {
            try
            {
                if (await ReceiveOnceAsync())
                {
                    continue;
                }

                closed();
                Finish(null);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException
                or WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely or WebSocketError.InvalidState })
            {
                // Aborted by this side, or left without a word by the other: neither is an error of this connection.
                Finish(null);
            }
#pragma warning disable CA1031 // Handed on: it is thrown at the reader.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Finish(error);
            }
        }
        while (Deliver());
    }

    /// <summary>False: the client said that it says no more. What it needs to wait is used again, or every ping of every idle connection left some behind.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReceiveOnceAsync()
    {
        if (_buffer is null)
        {
            // Waits without a buffer, which most connections do most of the time.
            var ready = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (ready.EndOfMessage)
            {
                // There is nothing to receive: it was a close frame, or an empty message, which is nothing to a hub.
                return ready.MessageType != WebSocketMessageType.Close;
            }
        }

        MakeRoom();
        var received = await socket.ReceiveAsync(_buffer.AsMemory(_end), CancellationToken.None);
        lock (_gate)
        {
            _end += received.Count;
            _isExamined &= received.Count == 0;
            if (_end == _start)
            {
                ReleaseBuffer();
            }
        }

        return received.MessageType != WebSocketMessageType.Close;
    }

    /// <summary>The hub ends a connection whose message is longer than it takes, so this grows no further than that and one receive.</summary>
    private void MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        }
        else if (_end == _buffer.Length)
        {
            var kept = _buffer.AsSpan(_start, _end - _start);
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, kept.Length * 2));
            kept.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = (larger, 0, kept.Length);
        }
    }

    private void Finish(Exception? error)
    {
        lock (_gate)
        {
            _error = _state == ReceiveState.Open ? error : null;
            _state = ReceiveState.Over;
        }
    }

    /// <summary>Hands the outcome to the reader, if one waits; true when it waits again.</summary>
    private bool Deliver()
    {
        ReadResult? result;
        Exception? error = null;
        lock (_gate)
        {
            if (!_isReading)
            {
                return StopReceiving();
            }

            result = _state == ReceiveState.Over && _error is not null && _isExamined ? null : FindResult();
            if (result is null)
            {
                if (_state != ReceiveState.Over)
                {
                    return true;
                }

                error = _error;
            }

            _isReading = false;
        }

        if (result is { } found)
        {
            _read.SetResult(found);
        }
        else
        {
            _read.SetException(error!);
        }

        lock (_gate)
        {
            return _isReading || StopReceiving();
        }
    }

    private bool StopReceiving()
    {
        _isReceiving = false;
        if (_isCompleted)
        {
            ReleaseBuffer();
        }

        return false;
    }

    private void ReleaseBuffer()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = (null, 0, 0);
        }
    }
}
