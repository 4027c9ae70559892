using System.Numerics;

namespace CoPilot.Realtime.MessagePack.Formatters;

internal sealed class BooleanFormatter : IMessagePackFormatter<bool>
{
    public void Write(MessagePackWriter writer, bool value) => writer.WriteBoolean(value);

    public bool Read(ref MessagePackReader reader) => reader.ReadBoolean();
}

/// <summary>Any integer that fits a <see cref="long"/>; the width on the wire is its own and says nothing about the type.</summary>
internal sealed class IntegerFormatter<T> : IMessagePackFormatter<T>
    where T : struct, IBinaryInteger<T>
{
    public void Write(MessagePackWriter writer, T value) => writer.WriteInt64(long.CreateTruncating(value));

    public T Read(ref MessagePackReader reader)
    {
        var read = reader.ReadInt64();
        var value = T.CreateTruncating(read);
        return long.CreateTruncating(value) == read ? value : throw MessagePackReader.OutOfRange();
    }
}

internal sealed class UnsignedLongFormatter : IMessagePackFormatter<ulong>
{
    public void Write(MessagePackWriter writer, ulong value) => writer.WriteUInt64(value);

    public ulong Read(ref MessagePackReader reader) => reader.ReadUInt64();
}

internal sealed class SingleFormatter : IMessagePackFormatter<float>
{
    public void Write(MessagePackWriter writer, float value) => writer.WriteSingle(value);

    public float Read(ref MessagePackReader reader) => (float)reader.ReadDouble();
}

internal sealed class DoubleFormatter : IMessagePackFormatter<double>
{
    public void Write(MessagePackWriter writer, double value) => writer.WriteDouble(value);

    public double Read(ref MessagePackReader reader) => reader.ReadDouble();
}

internal sealed class NullableFormatter<T> : IMessagePackFormatter<T?>
    where T : struct
{
    public void Write(MessagePackWriter writer, T? value)
    {
        if (value is { } present)
        {
            Formatters<T>.Instance.Write(writer, present);
        }
        else
        {
            writer.WriteNil();
        }
    }

    public T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Formatters<T>.Instance.Read(ref reader);
}
