using System.Buffers;
using System.IO.Compression;
using CoPilot.CoBrowse.Sanitizing;

namespace CoPilot.CoBrowse.Frames;

/// <summary>
/// Inflates frames that share one raw deflate stream from keyframe to keyframe. The bounds hold while it inflates: memory never
/// exceeds what a frame may have, and a stream that swells more than an honest page does is given up. Not thread-safe; dispose it.
/// </summary>
internal sealed class FrameInflater(SanitizerLimits limits) : IDisposable
{
    private const int SmallestBuffer = 16 * 1024;
    private const int LikelyRatio = 8;

    private static ReadOnlySpan<byte> SyncFlush => [0, 0, 0xFF, 0xFF];

    private readonly FramePartStream _compressed = new();
    private DeflateStream? _inflated;
    private byte[] _buffer = [];
    private long _compressedBytes;
    private long _inflatedBytes;

    /// <summary>Of all frames so far.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>How many bytes its buffer has room for.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Inflates a whole frame and answers why not, or null. The events live until the next frame, or until the buffer is trimmed.</summary>
    public string? Inflate(IReadOnlyList<FramePart> parts, int bytes, bool keyframe, out ReadOnlySpan<byte> events)
    {
        events = default;
        if (keyframe)
        {
            _inflated?.Dispose();
            _inflated = new DeflateStream(_compressed, CompressionMode.Decompress, leaveOpen: true);
            _compressedBytes = 0;
            _inflatedBytes = 0;
        }

        _compressedBytes += bytes;
        _compressed.Feed(parts);
        if (_inflated is null || !EndsInSyncFlush(parts))
        {
            return RefusalReason.Inflate;
        }

        var most = keyframe ? limits.KeyframeInflatedBytes : limits.IncrementInflatedBytes;
        Rent(Math.Clamp((long)bytes * LikelyRatio, SmallestBuffer, most + 1));
        try
        {
            if (Fill(most, out var length) is { } reason)
            {
                return reason;
            }

            events = _buffer.AsSpan(0, length);
            return null;
        }
        catch (InvalidDataException)
        {
            // The library's only way to say that this is no deflate stream.
            return RefusalReason.Inflate;
        }
    }

    /// <summary>Gives a buffer of more than so many bytes back.</summary>
    public void Trim(int most)
    {
        if (_buffer.Length > most)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    public void Dispose()
    {
        _inflated?.Dispose();
        _compressed.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private string? Fill(int most, out int length)
    {
        length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                Rent(Math.Min((long)length * 2, most + 1));
            }

            // One byte more than allowed is read at most: enough to know.
            var read = _inflated!.Read(_buffer, length, Math.Min(_buffer.Length, most + 1) - length);
            if (read == 0)
            {
                return null;
            }

            length += read;
            _inflatedBytes += read;
            TotalBytes += read;
            if (length > most)
            {
                return RefusalReason.InflatedTooLarge;
            }

            if (_inflatedBytes > limits.RatioFreeBytes + (limits.Ratio * _compressedBytes))
            {
                return RefusalReason.Ratio;
            }
        }
    }

    private static bool EndsInSyncFlush(IReadOnlyList<FramePart> parts)
    {
        var expected = SyncFlush;
        for (var part = parts.Count - 1; part >= 0; part--)
        {
            var data = parts[part].Data.Span;
            var compared = Math.Min(data.Length, expected.Length);
            if (!data[^compared..].SequenceEqual(expected[^compared..]))
            {
                return false;
            }

            expected = expected[..^compared];
            if (expected.Length == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets a buffer of at least so many bytes and keeps what is in the one before.</summary>
    private void Rent(long bytes)
    {
        if (_buffer.Length >= bytes)
        {
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)bytes);
        _buffer.AsSpan(0, Math.Min(_buffer.Length, rented.Length)).CopyTo(rented);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = rented;
    }
}
