namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>Values of one type as MessagePack. Made once per type and kept in <see cref="Formatters{T}"/>; thread-safe.</summary>
internal interface IMessagePackFormatter<T>
{
    void Write(MessagePackWriter writer, T value);

    T Read(ref MessagePackReader reader);
}

/// <summary>The one formatter of a type, made on first use. Types that hold each other find each other's here, when they need them.</summary>
internal static class Formatters<T>
{
    public static readonly IMessagePackFormatter<T> Instance = FormatterFactory.Create<T>();
}

/// <summary>What is not null, with a nil for null.</summary>
internal abstract class ReferenceFormatter<T> : IMessagePackFormatter<T?>
    where T : class
{
    public void Write(MessagePackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            WriteContent(writer, value);
        }
    }

    public T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : ReadContent(ref reader);

    protected abstract void WriteContent(MessagePackWriter writer, T value);

    protected abstract T ReadContent(ref MessagePackReader reader);
}
