namespace CoPilot.Realtime.MessagePack.Formatters;

internal delegate void RecordWrite<T>(MessagePackWriter writer, T value);

internal delegate T RecordRead<T>(ref MessagePackReader reader);

/// <summary>A record, class or struct as a map of its members; code for it is compiled once.</summary>
internal sealed class RecordFormatter<T> : IMessagePackFormatter<T?>
{
    private readonly RecordWrite<T> _write;
    private readonly RecordRead<T>? _read;

    public RecordFormatter()
    {
        var shape = new RecordShape(typeof(T));
        _write = RecordCompiler.CompileWrite<T>(shape);
        _read = shape.CanBeMade ? RecordCompiler.CompileRead<T>(shape) : null;
    }

    public void Write(MessagePackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Descend();
        _write(writer, value);
        writer.Ascend();
    }

    public T? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return default(T) is null ? default : throw reader.Unexpected("a map");
        }

        if (_read is null)
        {
            throw new NotSupportedException($"{typeof(T)} cannot be read from MessagePack: it has no public constructor to choose.");
        }

        reader.Descend();
        var value = _read(ref reader);
        reader.Ascend();
        return value;
    }
}
