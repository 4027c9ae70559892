using System.Text;

namespace CoPilot.Realtime.Backplane;

/// <summary>Reads what <see cref="FrameWriter"/> wrote. A frame that ends too early or claims more than it has is <see cref="FormatException"/>.</summary>
internal ref struct FrameReader(ReadOnlyMemory<byte> body)
{
    private int _at;

    public byte Byte() => _at < body.Length ? body.Span[_at++] : throw Cut();

    public ulong Number()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("A number has more than ten bytes.");
    }

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    public string[] Texts()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text();
        }

        return texts;
    }

    /// <summary>A part of the frame itself, not a copy.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        var length = Count();
        var bytes = body.Slice(_at, length);
        _at += length;
        return bytes;
    }

    /// <summary>How many things follow; each has at least one byte, so a claim beyond the frame's end is found out before anything is allocated.</summary>
    public int Count()
    {
        var count = Number();
        return count <= (ulong)(body.Length - _at) ? (int)count : throw Cut();
    }

    private static FormatException Cut() => new("A frame ends before what it claims to hold.");
}
