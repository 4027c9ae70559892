using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using CoPilot.Contracts;

namespace CoPilot.LoadRunner.Wire;

/// <summary>Messages end with a byte of their own, 0x1e.</summary>
internal sealed class JsonDialect : HubDialect
{
    public static readonly JsonDialect Instance = new();

    private const byte End = 0x1e;
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Close = 7;

    private static readonly JsonSerializerOptions Options = new(WireJson.Default.Options);

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private JsonDialect()
    {
    }

    public override bool IsText => true;

    public override ReadOnlySpan<byte> HandshakeRequest => "{\"protocol\":\"json\",\"version\":1}\u001e"u8;

    public override ReadOnlySpan<byte> Ping => "{\"type\":6}\u001e"u8;

    public override void WriteCall(ArrayBufferWriter<byte> output, int callId, string method, object request)
    {
        var writer = _writer ??= new Utf8JsonWriter(output);
        writer.Reset(output);
        Span<byte> id = stackalloc byte[11];
        Utf8Formatter.TryFormat(callId, id, out var length);
        writer.WriteStartObject();
        writer.WriteNumber("type"u8, Invocation);
        writer.WriteString("invocationId"u8, id[..length]);
        writer.WriteString("target"u8, method);
        writer.WriteStartArray("arguments"u8);
        if (request is TextArguments { Texts: var texts })
        {
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }
        }
        else
        {
            JsonSerializer.Serialize(writer, request, Options.GetTypeInfo(request.GetType()));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.Write([End]);
    }

    public override bool TryTake(ref ReadOnlySpan<byte> bytes, out HubFrame frame)
    {
        var end = bytes.IndexOf(End);
        if (end < 0)
        {
            frame = default;
            return false;
        }

        frame = Parse(bytes[..end]);
        bytes = bytes[(end + 1)..];
        return true;
    }

    public override T Read<T>(ReadOnlySpan<byte> body)
    {
        // Not the body itself, which must be one value: other arguments may follow the first.
        var reader = new Utf8JsonReader(body);
        return (T)JsonSerializer.Deserialize(ref reader, Options.GetTypeInfo(typeof(T)))!;
    }

    private static HubFrame Parse(ReadOnlySpan<byte> message)
    {
        var (type, callId) = (0, 0);
        ReadOnlySpan<byte> target = default, body = default, error = default;
        var reader = new Utf8JsonReader(message);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("type"u8))
            {
                type = reader.GetInt32();
            }
            else if (name.SequenceEqual("invocationId"u8))
            {
                callId = Utf8Parser.TryParse(reader.ValueSpan, out int id, out _) ? id : 0;
            }
            else if (name.SequenceEqual("target"u8))
            {
                target = reader.ValueSpan;
            }
            else if (name.SequenceEqual("error"u8))
            {
                error = reader.ValueSpan;
            }
            else if (name.SequenceEqual("arguments"u8) || name.SequenceEqual("result"u8))
            {
                body = TakeBody(ref reader, message, name);
            }
            else
            {
                reader.Skip();
            }
        }

        return type switch
        {
            Invocation => new HubFrame(HubFrameKind.Event, 0, target, body),
            Completion => error.IsEmpty ? new HubFrame(HubFrameKind.Answer, callId, default, body) : new HubFrame(HubFrameKind.Refusal, callId, default, error),
            Close => new HubFrame(HubFrameKind.Close, 0, default, error),
            _ => default,
        };
    }

    /// <summary>A result, or all of an event's arguments without what is around them.</summary>
    private static ReadOnlySpan<byte> TakeBody(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> message, ReadOnlySpan<byte> name)
    {
        const int Bracket = 1;
        var isArguments = name.SequenceEqual("arguments"u8);
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return isArguments ? message[(start + Bracket)..((int)reader.BytesConsumed - Bracket)] : message[start..(int)reader.BytesConsumed];
    }
}
