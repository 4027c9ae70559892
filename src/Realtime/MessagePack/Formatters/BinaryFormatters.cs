namespace CoPilot.Realtime.MessagePack.Formatters;

internal sealed class ByteArrayFormatter : ReferenceFormatter<byte[]>
{
    protected override void WriteContent(MessagePackWriter writer, byte[] value) => writer.WriteBinary(value);

    protected override byte[] ReadContent(ref MessagePackReader reader) => reader.ReadBinary().ToArray();
}

internal sealed class MemoryFormatter : IMessagePackFormatter<Memory<byte>>
{
    public void Write(MessagePackWriter writer, Memory<byte> value) => writer.WriteBinary(value.Span);

    public Memory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary().ToArray();
}

internal sealed class ReadOnlyMemoryFormatter : IMessagePackFormatter<ReadOnlyMemory<byte>>
{
    public void Write(MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBinary(value.Span);

    public ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary().ToArray();
}
