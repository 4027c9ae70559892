using System.Buffers;

namespace CoPilot.Realtime.MessagePack;

/// <summary>
/// How SignalR tells messages apart in a stream of bytes: each has its length in front, 7 bits a byte, the lowest first, with the
/// high bit set on all but the last; at most 5 bytes and 2 GB.
/// </summary>
internal static class MessageFrame
{
    public const int MaxPrefixBytes = 5;

    private const byte More = 0x80;

    /// <summary>The fifth byte holds bits 28 to 30; anything above would not fit an <see cref="int"/>.</summary>
    private const byte MaxLastByte = 0x07;

    /// <summary>Puts the length right in front of a payload that starts at <see cref="MaxPrefixBytes"/>; answers where the frame starts.</summary>
    public static int WritePrefix(Span<byte> buffer, int length)
    {
        Span<byte> prefix = stackalloc byte[MaxPrefixBytes];
        var count = 0;
        for (var rest = (uint)length; ; rest >>= 7)
        {
            if (rest < More)
            {
                prefix[count++] = (byte)rest;
                break;
            }

            prefix[count++] = (byte)(rest | More);
        }

        var start = MaxPrefixBytes - count;
        prefix[..count].CopyTo(buffer[start..]);
        return start;
    }

    /// <summary>Takes the next whole frame off; false, and nothing taken, while some of it is still to come.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (!TryReadPrefix(input, out var prefixBytes, out var length) || input.Length - prefixBytes < length)
        {
            return false;
        }

        payload = input.Slice(prefixBytes, length);
        input = input.Slice(payload.End);
        return true;
    }

    private static bool TryReadPrefix(in ReadOnlySequence<byte> input, out int prefixBytes, out int length)
    {
        Span<byte> joined = stackalloc byte[MaxPrefixBytes];
        scoped var prefix = input.FirstSpan;
        if (prefix.Length < MaxPrefixBytes)
        {
            var start = input.Slice(0, Math.Min(MaxPrefixBytes, input.Length));
            start.CopyTo(joined);
            prefix = joined[..(int)start.Length];
        }

        return TryDecode(prefix, out prefixBytes, out length);
    }

    private static bool TryDecode(ReadOnlySpan<byte> prefix, out int prefixBytes, out int length)
    {
        length = 0;
        for (prefixBytes = 0; prefixBytes < Math.Min(prefix.Length, MaxPrefixBytes);)
        {
            var next = prefix[prefixBytes];
            if (prefixBytes == MaxPrefixBytes - 1 && next > MaxLastByte)
            {
                throw new InvalidDataException("A message of more than 2 GB was announced.");
            }

            length |= (next & ~More) << (7 * prefixBytes);
            prefixBytes++;
            if (next < More)
            {
                return true;
            }
        }

        return false;
    }
}
