namespace CoPilot.Realtime.Nodes;

/// <summary>
/// What travels on a node's channel: one byte of version, one of kind, then the body that the kind defines. A node skips versions and kinds that it does
/// not know, so neighbouring versions run side by side; <c>docs/backplane.md</c> lists the kinds.
/// </summary>
public static class NodeFrame
{
    public const byte Version = 1;

    public const int HeaderLength = 2;

    /// <summary>A node's word to itself: body is a number (8 bytes, big-endian) that grows by one each time.</summary>
    public const byte Heartbeat = 0;

    /// <summary>Kinds from here on belong to the application.</summary>
    public const byte FirstOfApplication = 64;

    public static byte[] Make(byte kind, ReadOnlySpan<byte> body)
    {
        var frame = new byte[HeaderLength + body.Length];
        (frame[0], frame[1]) = (Version, kind);
        body.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }
}
