using System.Buffers.Binary;

namespace CoPilot.LoadRunner.Wire;

/// <summary>RFC 6455, section 5.2.</summary>
internal enum WebSocketOpcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>The head of a frame as servers send them: without a mask.</summary>
internal readonly record struct WebSocketFrame(WebSocketOpcode Opcode, bool IsFinal, int HeaderLength, int PayloadLength)
{
    /// <summary>False while it is not there as a whole.</summary>
    /// <exception cref="IOException">No server may send this.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out WebSocketFrame frame)
    {
        frame = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        if (bytes[1] >= 0x80)
        {
            throw new IOException("A server must not mask what it sends.");
        }

        var header = (bytes[1] & 0x7f) switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
        {
            return false;
        }

        var length = header switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            10 => checked((int)BinaryPrimitives.ReadInt64BigEndian(bytes[2..])),
            _ => bytes[1] & 0x7f,
        };
        frame = new WebSocketFrame((WebSocketOpcode)(bytes[0] & 0x0f), (bytes[0] & 0x80) != 0, header, length);
        return bytes.Length - header >= length;
    }
}
