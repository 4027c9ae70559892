using System.Buffers;

namespace CoPilot.Realtime.Transport;

/// <summary>Where the bytes are on their way to the WebSocket.</summary>
internal sealed partial class SocketWriter
{
    private const int FirstBuffer = 512;

    /// <summary>What is being written, which is the writer's alone; then what was flushed while a send was under way; then what is being sent.</summary>
    private byte[]? _buffer;
    private int _count;
    private byte[]? _joined;
    private int _joinedCount;
    private byte[]? _underWay;

    private void Join()
    {
        if (_joined is null)
        {
            (_joined, _joinedCount, _buffer, _count) = (_buffer, _count, null, 0);
            return;
        }

        if (_joined.Length - _joinedCount < _count)
        {
            Grow(ref _joined, _joinedCount, _count);
        }

        _buffer.AsSpan(0, _count).CopyTo(_joined.AsSpan(_joinedCount));
        _joinedCount += _count;
        _count = 0;
        Release(ref _buffer);
    }

    private ReadOnlyMemory<byte> TakeJoined()
    {
        Volatile.Write(ref _sendingSince, time.GetTimestamp());
        var frame = _joined.AsMemory(0, _joinedCount);
        (_underWay, _joined, _joinedCount) = (_joined, null, 0);
        return frame;
    }

    private void MakeRoom(int bytes)
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, bytes));
        }
        else if (_buffer.Length - _count < bytes)
        {
            Grow(ref _buffer, _count, bytes);
        }
    }

    private static void Grow(ref byte[] buffer, int used, int by)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, used + by));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static void Release(ref byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = null;
        }
    }
}
