using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.MessagePack;

/// <summary>
/// SignalR's hub protocol <c>messagepack</c>, byte-compatible with <c>Microsoft.AspNetCore.SignalR.Protocols.MessagePack</c> and the npm package
/// <c>@microsoft/signalr-protocol-msgpack</c>. Arguments and results are maps with camelCase keys and without null members. Thread-safe.
/// </summary>
public sealed class MessagePackHubProtocol : IHubProtocol
{
    public string Name => "messagepack";

    /// <summary>2 is 1 and the messages of stateful reconnect; a client says 1 when it does without.</summary>
    public int Version => 2;

    public TransferFormat TransferFormat => TransferFormat.Binary;

    public bool IsVersionSupported(int version) => version <= Version;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        // A message of a type that a later version may add is passed over, and the next one in the input is not left waiting.
        while (MessageFrame.TryRead(ref input, out var payload))
        {
            message = payload.IsSingleSegment ? MessageParser.Parse(payload.FirstSpan, binder) : ParseJoined(payload, binder);
            if (message is not null)
            {
                return true;
            }
        }

        message = null;
        return false;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        var writer = MessagePackWriter.Rent();
        try
        {
            MessageWriter.Write(writer, message);
            output.Write(writer.Frame());
        }
        finally
        {
            writer.Return();
        }
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        var writer = MessagePackWriter.Rent();
        try
        {
            MessageWriter.Write(writer, message);
            return writer.Frame().ToArray();
        }
        finally
        {
            writer.Return();
        }
    }

    private static HubMessage? ParseJoined(in ReadOnlySequence<byte> payload, IInvocationBinder binder)
    {
        var length = (int)payload.Length;
        var joined = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            payload.CopyTo(joined);
            return MessageParser.Parse(joined.AsSpan(0, length), binder);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }
}
