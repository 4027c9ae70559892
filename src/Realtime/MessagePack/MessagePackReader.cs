using System.Buffers.Binary;
using System.Text;

namespace CoPilot.Realtime.MessagePack;

/// <summary>
/// Reads the values of one frame. Nothing is believed before it is checked: a length or count that the bytes left cannot hold is malformed, so
/// nobody makes the receiver allocate more than a small multiple of what was sent. Malformed bytes throw <see cref="InvalidDataException"/>,
/// well-formed ones of another kind <see cref="UnexpectedValueException"/>.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;
    private int _depth;

    public readonly MessagePackKind NextKind => MessagePackCode.KindOf(Next);

    private readonly int Left => _bytes.Length - _position;

    private readonly byte Next => _position < _bytes.Length ? _bytes[_position] : throw Truncated();

    /// <summary>Called before the content of whatever holds other values, and <see cref="Ascend"/> after it.</summary>
    public void Descend()
    {
        if (++_depth > MessagePackWriter.MaxDepth)
        {
            throw new InvalidDataException("Values are nested too deeply.");
        }
    }

    public void Ascend() => _depth--;

    public bool TryReadNil()
    {
        if (Next != MessagePackCode.Nil)
        {
            return false;
        }

        _position++;
        return true;
    }

    public bool ReadBoolean()
    {
        var code = Next;
        if (code is not (MessagePackCode.True or MessagePackCode.False))
        {
            throw Unexpected("a boolean");
        }

        _position++;
        return code == MessagePackCode.True;
    }

    public long ReadInt64()
    {
        var code = Next;
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt:
                _position++;
                return code;
            case >= MessagePackCode.MinNegativeFixInt:
                _position++;
                return (sbyte)code;
            case MessagePackCode.UInt64 or (>= MessagePackCode.UInt8 and <= MessagePackCode.UInt32):
                var unsigned = ReadUInt64();
                return unsigned <= long.MaxValue ? (long)unsigned : throw OutOfRange();
            case MessagePackCode.Int8:
                return (sbyte)Take(1, 1)[0];
            case MessagePackCode.Int16:
                return BinaryPrimitives.ReadInt16BigEndian(Take(1, 2));
            case MessagePackCode.Int32:
                return BinaryPrimitives.ReadInt32BigEndian(Take(1, 4));
            case MessagePackCode.Int64:
                return BinaryPrimitives.ReadInt64BigEndian(Take(1, 8));
            default:
                throw Unexpected("an integer");
        }
    }

    public ulong ReadUInt64()
    {
        switch (Next)
        {
            case MessagePackCode.UInt8:
                return Take(1, 1)[0];
            case MessagePackCode.UInt16:
                return BinaryPrimitives.ReadUInt16BigEndian(Take(1, 2));
            case MessagePackCode.UInt32:
                return BinaryPrimitives.ReadUInt32BigEndian(Take(1, 4));
            case MessagePackCode.UInt64:
                return BinaryPrimitives.ReadUInt64BigEndian(Take(1, 8));
            default:
                var signed = ReadInt64();
                return signed >= 0 ? (ulong)signed : throw OutOfRange();
        }
    }

    /// <summary>Whether the next value is an integer that no <see cref="long"/> holds.</summary>
    public readonly bool NextIsBeyondInt64()
    {
        const byte HighBit = 0x80;
        return Next == MessagePackCode.UInt64 && Left > 1 && _bytes[_position + 1] >= HighBit;
    }

    /// <summary>Whole numbers too: JavaScript knows no difference and writes 2.0 as 2.</summary>
    public double ReadDouble() => Next switch
    {
        MessagePackCode.Float64 => BinaryPrimitives.ReadDoubleBigEndian(Take(1, 8)),
        MessagePackCode.Float32 => BinaryPrimitives.ReadSingleBigEndian(Take(1, 4)),
        MessagePackCode.UInt64 => ReadUInt64(),
        _ when NextKind == MessagePackKind.Integer => ReadInt64(),
        _ => throw Unexpected("a number"),
    };

    public string? ReadString() => TryReadNil() ? null : Encoding.UTF8.GetString(ReadStringBytes());

    public ReadOnlySpan<byte> ReadStringBytes()
    {
        var code = Next;
        return code switch
        {
            >= MessagePackCode.FixString and < MessagePackCode.Nil => Take(1, code & 0x1f),
            MessagePackCode.String8 => TakeCounted(1),
            MessagePackCode.String16 => TakeCounted(2),
            MessagePackCode.String32 => TakeCounted(4),
            _ => throw Unexpected("a string"),
        };
    }

    public ReadOnlySpan<byte> ReadBinary() => Next switch
    {
        MessagePackCode.Bin8 => TakeCounted(1),
        MessagePackCode.Bin16 => TakeCounted(2),
        MessagePackCode.Bin32 => TakeCounted(4),
        _ => throw Unexpected("bytes"),
    };

    /// <summary>How many values follow.</summary>
    public int ReadArrayHeader() => ReadCount(MessagePackCode.FixArray, MessagePackCode.Array16, bytesEach: 1, "an array");

    /// <summary>How many pairs of key and value follow.</summary>
    public int ReadMapHeader() => ReadCount(MessagePackCode.FixMap, MessagePackCode.Map16, bytesEach: 2, "a map");

    /// <summary>An extension's type and content.</summary>
    public ReadOnlySpan<byte> ReadExtension(out sbyte type)
    {
        var code = Next;
        var length = code switch
        {
            >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16 => FixedExtensionLength(code),
            MessagePackCode.Ext8 => ReadLength(1),
            MessagePackCode.Ext16 => ReadLength(2),
            MessagePackCode.Ext32 => ReadLength(4),
            _ => throw Unexpected("an extension"),
        };
        type = (sbyte)Take(0, 1)[0];
        return Take(0, length);
    }

    /// <summary>Passes over the next value, whatever it is and however deep, without recursion.</summary>
    public void Skip()
    {
        for (var values = 1L; values > 0; values--)
        {
            if (values > Left)
            {
                throw Truncated();
            }

            values += SkipOne();
        }
    }

    /// <summary>The next value's bytes as they are.</summary>
    public ReadOnlySpan<byte> ReadRaw()
    {
        var start = _position;
        Skip();
        return _bytes[start.._position];
    }

    public readonly UnexpectedValueException Unexpected(string wanted)
    {
        var kind = NextKind;
        return kind == MessagePackKind.Invalid
            ? throw new InvalidDataException("0xc1 is no MessagePack value.")
            : new UnexpectedValueException($"Expected {wanted}, found {kind}.");
    }

    public static UnexpectedValueException OutOfRange() => new("A number is out of range.");

    private static InvalidDataException Truncated() => new("A value ends beyond its frame.");

    /// <summary>Passes over one value's head and, unless it holds other values, its content; answers how many values it holds.</summary>
    private long SkipOne()
    {
        switch (NextKind)
        {
            case MessagePackKind.Array:
                return ReadArrayHeader();
            case MessagePackKind.Map:
                return 2L * ReadMapHeader();
            case MessagePackKind.String:
                ReadStringBytes();
                return 0;
            case MessagePackKind.Binary:
                ReadBinary();
                return 0;
            case MessagePackKind.Extension:
                ReadExtension(out _);
                return 0;
            case MessagePackKind.Float:
                ReadDouble();
                return 0;
            case MessagePackKind.Integer:
                SkipInteger();
                return 0;
            case MessagePackKind.Invalid:
                throw Unexpected("a value");
            default:
                _position++;
                return 0;
        }
    }

    private void SkipInteger()
    {
        if (Next == MessagePackCode.UInt64)
        {
            ReadUInt64();
        }
        else
        {
            ReadInt64();
        }
    }

    /// <param name="bytesEach">What each counted thing takes at least.</param>
    private int ReadCount(byte fix, byte code16, int bytesEach, string wanted)
    {
        var code = Next;
        int count;
        if ((code & 0xf0) == fix)
        {
            _position++;
            count = code & 0xf;
        }
        else if (code == code16 || code == code16 + 1)
        {
            count = ReadLength(code == code16 ? 2 : 4);
        }
        else
        {
            throw Unexpected(wanted);
        }

        return (long)count * bytesEach <= Left ? count : throw Truncated();
    }

    private int FixedExtensionLength(byte code)
    {
        _position++;
        return 1 << (code - MessagePackCode.FixExt1);
    }

    /// <summary>A code and the length after it, big-endian in so many bytes.</summary>
    private int ReadLength(int lengthBytes)
    {
        var encoded = Take(1, lengthBytes);
        var length = lengthBytes switch
        {
            1 => encoded[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(encoded),
            _ => BinaryPrimitives.ReadUInt32BigEndian(encoded),
        };
        return length <= (uint)Left ? (int)length : throw Truncated();
    }

    private ReadOnlySpan<byte> TakeCounted(int lengthBytes) => Take(0, ReadLength(lengthBytes));

    /// <summary>The bytes after <paramref name="skipped"/> others.</summary>
    private ReadOnlySpan<byte> Take(int skipped, int count)
    {
        var start = _position + skipped;
        if (count > _bytes.Length - start)
        {
            throw Truncated();
        }

        _position = start + count;
        return _bytes.Slice(start, count);
    }
}
