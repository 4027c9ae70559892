namespace CoPilot.CoBrowse.Frames;

/// <summary>What has arrived of a compressed stream: it ends where the last piece does and goes on when more is fed. Not thread-safe.</summary>
internal sealed class FramePartStream : Stream
{
    private IReadOnlyList<FramePart> _parts = [];
    private int _part;
    private int _offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Goes on with these pieces, which must stay as they are until they are read.</summary>
    public void Feed(IReadOnlyList<FramePart> parts) => (_parts, _part, _offset) = (parts, 0, 0);

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && _part < _parts.Count)
        {
            var left = _parts[_part].Data.Span[_offset..];
            var taken = Math.Min(left.Length, buffer.Length - read);
            left[..taken].CopyTo(buffer[read..]);
            read += taken;
            _offset += taken;
            if (taken == left.Length)
            {
                (_part, _offset) = (_part + 1, 0);
            }
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
