using System.Buffers;
using System.Globalization;
using CoPilot.HubClient;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.LoadRunner.Wire;

/// <summary>
/// Messages have their length in front. Only the head of each is read here; arguments and results are left to the protocol that server and hub client share, which is given the message as a whole.
/// </summary>
internal sealed class MessagePackDialect : HubDialect
{
    public static readonly MessagePackDialect Instance = new();

    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Close = 7;
    private const int ErrorResult = 1;

    private static readonly IHubProtocol Protocol = HubProtocols.MessagePack;
    private static readonly byte[] PingBytes = Protocol.GetMessageBytes(PingMessage.Instance).ToArray();

    private MessagePackDialect()
    {
    }

    public override bool IsText => false;

    public override ReadOnlySpan<byte> HandshakeRequest => "{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8;

    public override ReadOnlySpan<byte> Ping => PingBytes;

    public override void WriteCall(ArrayBufferWriter<byte> output, int callId, string method, object request) =>
        Protocol.WriteMessage(new InvocationMessage(callId.ToString(CultureInfo.InvariantCulture), method, request is TextArguments { Texts: var texts } ? texts : [request]), output);

    public override bool TryTake(ref ReadOnlySpan<byte> bytes, out HubFrame frame)
    {
        frame = default;
        if (!TryReadLength(bytes, out var prefix, out var length) || bytes.Length < prefix + length)
        {
            return false;
        }

        frame = Parse(bytes[..(prefix + length)], prefix);
        bytes = bytes[(prefix + length)..];
        return true;
    }

    public override T Read<T>(ReadOnlySpan<byte> body)
    {
        var input = new ReadOnlySequence<byte>(body.ToArray());
        if (!Protocol.TryParseMessage(ref input, new Binder(typeof(T)), out var message))
        {
            throw new InvalidDataException("A message of the server cannot be read.");
        }

        return message switch
        {
            CompletionMessage { Result: T result } => result,
            InvocationMessage { Arguments: [T argument, ..] } => argument,
            InvocationBindingFailureMessage failure => throw new InvalidDataException($"{failure.Target} is not what it should be.", failure.BindingFailure.SourceException),
            _ => throw new InvalidDataException($"The server said something else than a {typeof(T).Name}."),
        };
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, out int prefix, out int length)
    {
        (prefix, length) = (0, 0);
        while (prefix < bytes.Length && prefix < 5)
        {
            var next = bytes[prefix];
            length |= (next & 0x7f) << (7 * prefix++);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The type, headers (always an empty map), the call's id, and the target or what kind of result follows: all of them short.</summary>
    private static HubFrame Parse(ReadOnlySpan<byte> whole, int prefix)
    {
        var type = whole[prefix + 1];
        if (type is not (Invocation or Completion))
        {
            return type == Close ? new HubFrame(HubFrameKind.Close, 0, default, whole[(prefix + 2)..]) : default;
        }

        var rest = whole[(prefix + 3)..];
        var id = TakeText(ref rest);
        if (type == Invocation)
        {
            return new HubFrame(HubFrameKind.Event, 0, TakeText(ref rest), whole);
        }

        var callId = int.Parse(id, CultureInfo.InvariantCulture);
        return rest[0] == ErrorResult
            ? new HubFrame(HubFrameKind.Refusal, callId, default, rest[1..])
            : new HubFrame(HubFrameKind.Answer, callId, default, whole);
    }

    /// <summary>Nil is an empty one.</summary>
    private static ReadOnlySpan<byte> TakeText(scoped ref ReadOnlySpan<byte> bytes)
    {
        var (start, length) = bytes[0] switch
        {
            0xc0 => (1, 0),
            0xd9 => (2, bytes[1]),
            var code when (code & 0xe0) == 0xa0 => (1, code & 0x1f),
            var code => throw new InvalidDataException($"A server's message has {code:x2} where a short text belongs."),
        };
        var text = bytes.Slice(start, length);
        bytes = bytes[(start + length)..];
        return text;
    }

    private sealed class Binder(Type type) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => type;

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [type];

        public Type GetStreamItemType(string streamId) => throw new NotSupportedException("Nothing is streamed.");
    }
}
