using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CoPilot.Realtime.MessagePack;

/// <summary>
/// Writes one frame of MessagePack in its shortest form, with room for the length in front. One thread's at a time: <see cref="Rent"/> gives
/// the thread's own, <see cref="Return"/> gives it back.
/// </summary>
internal sealed class MessagePackWriter
{
    /// <summary>Deeper than any contract, and far from the end of the stack: an object that holds itself must not end the process.</summary>
    public const int MaxDepth = 64;

    /// <summary>A buffer that one large message has blown up is not kept.</summary>
    private const int KeptBytes = 64 * 1024;

    private const int FirstBytes = 1024;

    private const int MaxFixString = 31;

    [ThreadStatic]
    private static MessagePackWriter? _spare;

    private byte[] _buffer = new byte[FirstBytes];
    private int _length;
    private int _depth;

    public static MessagePackWriter Rent()
    {
        // Taken out while in use: a property that is written may itself write a message.
        var writer = _spare ?? new MessagePackWriter();
        _spare = null;
        writer._length = MessageFrame.MaxPrefixBytes;
        writer._depth = 0;
        return writer;
    }

    public void Return()
    {
        if (_buffer.Length <= KeptBytes)
        {
            _spare = this;
        }
    }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(MessageFrame.MaxPrefixBytes, _length - MessageFrame.MaxPrefixBytes);

    /// <summary>What was written, with its length in front; valid until the next write.</summary>
    public ReadOnlySpan<byte> Frame()
    {
        var start = MessageFrame.WritePrefix(_buffer, _length - MessageFrame.MaxPrefixBytes);
        return _buffer.AsSpan(start, _length - start);
    }

    /// <summary>Called before the content of whatever holds other values, and <see cref="Ascend"/> after it.</summary>
    public void Descend()
    {
        if (++_depth > MaxDepth)
        {
            throw new InvalidOperationException("An object is nested too deeply, or holds itself.");
        }
    }

    public void Ascend() => _depth--;

    public void WriteNil() => WriteByte(MessagePackCode.Nil);

    public void WriteBoolean(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    public void WriteInt64(long value)
    {
        switch (value)
        {
            case >= 0:
                WriteUInt64((ulong)value);
                break;
            case >= -32:
                WriteByte((byte)value);
                break;
            case >= sbyte.MinValue:
                WriteByte(MessagePackCode.Int8, (byte)value);
                break;
            case >= short.MinValue:
                Write16(MessagePackCode.Int16, (ushort)value);
                break;
            case >= int.MinValue:
                Write32(MessagePackCode.Int32, (uint)value);
                break;
            default:
                Write64(MessagePackCode.Int64, (ulong)value);
                break;
        }
    }

    public void WriteUInt64(ulong value)
    {
        switch (value)
        {
            case <= MessagePackCode.MaxFixInt:
                WriteByte((byte)value);
                break;
            case <= byte.MaxValue:
                WriteByte(MessagePackCode.UInt8, (byte)value);
                break;
            case <= ushort.MaxValue:
                Write16(MessagePackCode.UInt16, (ushort)value);
                break;
            case <= uint.MaxValue:
                Write32(MessagePackCode.UInt32, (uint)value);
                break;
            default:
                Write64(MessagePackCode.UInt64, value);
                break;
        }
    }

    public void WriteDouble(double value) => Write64(MessagePackCode.Float64, BitConverter.DoubleToUInt64Bits(value));

    public void WriteSingle(float value) => Write32(MessagePackCode.Float32, BitConverter.SingleToUInt32Bits(value));

    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        if (value.Length <= MaxFixString && TryWriteShort(value))
        {
            return;
        }

        var count = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(count);
        Encoding.UTF8.GetBytes(value, Reserve(count));
    }

    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        WriteStringHeader(utf8.Length);
        WriteRaw(utf8);
    }

    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        if (value.Length <= byte.MaxValue)
        {
            WriteByte(MessagePackCode.Bin8, (byte)value.Length);
        }
        else
        {
            WriteLength(MessagePackCode.Bin16, MessagePackCode.Bin32, value.Length);
        }

        WriteRaw(value);
    }

    public void WriteArrayHeader(int count)
    {
        if (count <= 15)
        {
            WriteByte((byte)(MessagePackCode.FixArray | count));
        }
        else
        {
            WriteLength(MessagePackCode.Array16, MessagePackCode.Array32, count);
        }
    }

    public void WriteMapHeader(int count)
    {
        if (count <= 15)
        {
            WriteByte((byte)(MessagePackCode.FixMap | count));
        }
        else
        {
            WriteLength(MessagePackCode.Map16, MessagePackCode.Map32, count);
        }
    }

    /// <summary>Values that are MessagePack already.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void WriteRaw(in ReadOnlySequence<byte> bytes) => bytes.CopyTo(Reserve(checked((int)bytes.Length)));

    /// <summary>In one pass, without counting first; not for what has so many other letters than English that its length needs a byte of its own.</summary>
    private bool TryWriteShort(string value)
    {
        const int MaxBytesPerUnit = 3;
        var start = _length;
        var target = Reserve(1 + (value.Length * MaxBytesPerUnit));
        var count = Encoding.UTF8.GetBytes(value, target[1..]);
        target[0] = (byte)(MessagePackCode.FixString | count);
        _length = count <= MaxFixString ? start + 1 + count : start;
        return count <= MaxFixString;
    }

    private void WriteStringHeader(int count)
    {
        if (count <= MaxFixString)
        {
            WriteByte((byte)(MessagePackCode.FixString | count));
        }
        else if (count <= byte.MaxValue)
        {
            WriteByte(MessagePackCode.String8, (byte)count);
        }
        else
        {
            WriteLength(MessagePackCode.String16, MessagePackCode.String32, count);
        }
    }

    private void WriteLength(byte code16, byte code32, int length)
    {
        if (length <= ushort.MaxValue)
        {
            Write16(code16, (ushort)length);
        }
        else
        {
            Write32(code32, (uint)length);
        }
    }

    private void WriteByte(byte value) => Reserve(1)[0] = value;

    private void WriteByte(byte code, byte value)
    {
        var target = Reserve(2);
        target[1] = value;
        target[0] = code;
    }

    private void Write16(byte code, ushort value)
    {
        var target = Reserve(3);
        target[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(target[1..], value);
    }

    private void Write32(byte code, uint value)
    {
        var target = Reserve(5);
        target[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], value);
    }

    private void Write64(byte code, ulong value)
    {
        var target = Reserve(9);
        target[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(target[1..], value);
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, checked(_length + count)));
        }

        var reserved = _buffer.AsSpan(_length, count);
        _length += count;
        return reserved;
    }
}
