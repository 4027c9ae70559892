namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>What holds other values, and so counts for the depth; nil for null, where the type has one.</summary>
/// <param name="kind">For who is told that something else was found.</param>
internal abstract class ContainerFormatter<T>(string kind) : IMessagePackFormatter<T?>
{
    public void Write(MessagePackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Descend();
        WriteContent(writer, value);
        writer.Ascend();
    }

    public T? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return default(T) is null ? default : throw reader.Unexpected(kind);
        }

        reader.Descend();
        var value = ReadContent(ref reader);
        reader.Ascend();
        return value;
    }

    protected abstract void WriteContent(MessagePackWriter writer, T value);

    /// <exception cref="NotSupportedException">Values of the type cannot be made.</exception>
    protected abstract T ReadContent(ref MessagePackReader reader);
}
