using System.Buffers;
using System.Text;
using CoPilot.Realtime.Nodes;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// Writes one frame: bytes, numbers in 7-bit groups from the lowest (the eighth bit says that more follow), texts and byte strings with their length in front.
/// </summary>
internal readonly struct FrameWriter
{
    private readonly ArrayBufferWriter<byte> _buffer;

    public FrameWriter(byte kind, string hub)
    {
        _buffer = new ArrayBufferWriter<byte>(512);
        Byte(NodeFrame.Version);
        Byte(kind);
        Text(hub);
    }

    public byte[] ToFrame() => _buffer.WrittenSpan.ToArray();

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number((ulong)length);
        Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    public void Texts(IReadOnlyList<string> texts)
    {
        Number((ulong)texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            Text(texts[i]);
        }
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number((ulong)bytes.Length);
        _buffer.Write(bytes);
    }
}
