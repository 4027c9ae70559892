using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CoPilot.LoadRunner.Wire;

/// <summary>
/// socket.io's protocol, version 5, over Engine.IO's, version 4, in its default namespace and without binary: each WebSocket message is a packet, whose first digits say what it is.
/// </summary>
internal sealed class SocketIoDialect : HubDialect
{
    public static readonly SocketIoDialect Instance = new();

    /// <summary>Below a node's root.</summary>
    public const string Path = "socket.io/?EIO=4&transport=websocket";

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private SocketIoDialect()
    {
    }

    public override bool IsText => true;

    /// <summary>Into the default namespace. It may be said before the server has said its own first word.</summary>
    public override ReadOnlySpan<byte> HandshakeRequest => "40"u8;

    public override ReadOnlySpan<byte> Ping => "3"u8;

    /// <summary>Servers ask.</summary>
    public override bool PingsUnasked => false;

    public override bool TryShake(ref ReadOnlySpan<byte> bytes, out string? refusal)
    {
        var packet = bytes;
        bytes = default;
        refusal = packet switch
        {
            [(byte)'4', (byte)'4', ..] => Encoding.UTF8.GetString(packet[2..]),
            _ => null,
        };
        return packet is [(byte)'4', (byte)'0' or (byte)'4', ..];
    }

    public override void WriteCall(ArrayBufferWriter<byte> output, int callId, string method, object request)
    {
        Span<byte> id = stackalloc byte[11];
        Utf8Formatter.TryFormat(callId, id, out var length);
        output.Write("42"u8);
        output.Write(id[..length]);
        var writer = _writer ??= new Utf8JsonWriter(output);
        writer.Reset(output);
        writer.WriteStartArray();
        writer.WriteStringValue(method);
        foreach (var text in ((TextArguments)request).Texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
        writer.Flush();
    }

    public override bool TryTake(ref ReadOnlySpan<byte> bytes, out HubFrame frame)
    {
        var packet = bytes;
        bytes = default;
        frame = packet switch
        {
            [] => default,
            [(byte)'2', ..] => new HubFrame(HubFrameKind.Ping, 0, default, default),
            [(byte)'1', ..] or [(byte)'4', (byte)'1', ..] => new HubFrame(HubFrameKind.Close, 0, default, packet),
            [(byte)'4', (byte)'2', ..] => ParseEvent(packet[2..]),
            [(byte)'4', (byte)'3', ..] => ParseAnswer(packet[2..]),
            _ => default,
        };
        return packet.Length > 0;
    }

    public override T Read<T>(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        reader.Read();
        return JsonSerializer.Deserialize<T>(ref reader)!;
    }

    /// <summary><c>["message","c1","text"]</c>: the body is the array, whose first element is the target.</summary>
    private static HubFrame ParseEvent(ReadOnlySpan<byte> array)
    {
        var target = array[2..];
        return new HubFrame(HubFrameKind.Event, 0, target[..target.IndexOf((byte)'"')], array);
    }

    /// <summary><c>17[1]</c>.</summary>
    private static HubFrame ParseAnswer(ReadOnlySpan<byte> packet)
    {
        var array = packet.IndexOf((byte)'[');
        return new HubFrame(HubFrameKind.Answer, int.Parse(packet[..array], CultureInfo.InvariantCulture), default, packet[array..]);
    }
}
