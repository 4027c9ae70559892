using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>
/// What is declared as <c>object</c>: written as what it is; read as null, bool, long (ulong beyond it), double, string, byte[],
/// DateTimeOffset, object?[] or a dictionary.
/// </summary>
internal sealed class DynamicFormatter : IMessagePackFormatter<object?>
{
    public static readonly DynamicFormatter Instance = new();

    public void Write(MessagePackWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case RawResult raw:
                writer.WriteRaw(raw.RawSerializedData);
                break;
            default:
                var type = value.GetType();
                if (type == typeof(object))
                {
                    writer.WriteMapHeader(0);
                }
                else
                {
                    ArgumentFormatter.For(type).Write(writer, value);
                }

                break;
        }
    }

    public object? Read(ref MessagePackReader reader) => reader.NextKind switch
    {
        MessagePackKind.Boolean => reader.ReadBoolean(),
        MessagePackKind.Integer => reader.NextIsBeyondInt64() ? reader.ReadUInt64() : (object)reader.ReadInt64(),
        MessagePackKind.Float => reader.ReadDouble(),
        MessagePackKind.String => reader.ReadString(),
        MessagePackKind.Binary => reader.ReadBinary().ToArray(),
        MessagePackKind.Array => Formatters<object?[]>.Instance.Read(ref reader),
        MessagePackKind.Map => Formatters<Dictionary<string, object?>>.Instance.Read(ref reader),
        MessagePackKind.Extension => Timestamp.Read(ref reader),
        _ => reader.TryReadNil() ? null : throw reader.Unexpected("a value"),
    };
}
