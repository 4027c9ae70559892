namespace CoPilot.Realtime.MessagePack.Formatters;

internal delegate void RecordWrite<T>(MessagePackWriter writer, T value);

internal delegate T RecordRead<T>(ref MessagePackReader reader);

/// <summary>A record, class or struct as a map of its members; code for it is compiled once.</summary>
internal sealed class RecordFormatter<T> : ContainerFormatter<T>
{
    private readonly RecordWrite<T> _write;
    private readonly RecordRead<T>? _read;

    public RecordFormatter()
        : base("a map")
    {
        var shape = new RecordShape(typeof(T));
        _write = RecordCompiler.CompileWrite<T>(shape);
        _read = shape.CanBeMade ? RecordCompiler.CompileRead<T>(shape) : null;
    }

    protected override void WriteContent(MessagePackWriter writer, T value) => _write(writer, value);

    protected override T ReadContent(ref MessagePackReader reader) => _read is not null
        ? _read(ref reader)
        : throw new NotSupportedException($"{typeof(T)} cannot be read from MessagePack: it has no public constructor to choose.");
}
