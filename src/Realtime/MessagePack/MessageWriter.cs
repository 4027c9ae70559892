using CoPilot.Realtime.MessagePack.Formatters;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.MessagePack;

/// <summary>The layout of each message: an array that starts with the message's type.</summary>
internal static class MessageWriter
{
    public static void Write(MessagePackWriter writer, HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                WriteInvocation(writer, HubProtocolConstants.InvocationMessageType, invocation, invocation.StreamIds);
                break;
            case StreamInvocationMessage invocation:
                WriteInvocation(writer, HubProtocolConstants.StreamInvocationMessageType, invocation, invocation.StreamIds);
                break;
            case StreamItemMessage item:
                WriteStart(writer, 4, HubProtocolConstants.StreamItemMessageType, item);
                DynamicFormatter.Instance.Write(writer, item.Item);
                break;
            case CompletionMessage completion:
                WriteCompletion(writer, completion);
                break;
            case CancelInvocationMessage cancel:
                WriteStart(writer, 3, HubProtocolConstants.CancelInvocationMessageType, cancel);
                break;
            case PingMessage:
                writer.WriteArrayHeader(1);
                writer.WriteInt64(HubProtocolConstants.PingMessageType);
                break;
            case CloseMessage close:
                writer.WriteArrayHeader(3);
                writer.WriteInt64(HubProtocolConstants.CloseMessageType);
                writer.WriteString(string.IsNullOrEmpty(close.Error) ? null : close.Error);
                writer.WriteBoolean(close.AllowReconnect);
                break;
            case AckMessage ack:
                WriteSequenceId(writer, HubProtocolConstants.AckMessageType, ack.SequenceId);
                break;
            case SequenceMessage sequence:
                WriteSequenceId(writer, HubProtocolConstants.SequenceMessageType, sequence.SequenceId);
                break;
            default:
                throw new InvalidDataException($"{message.GetType().Name} is no message of the hub protocol.");
        }
    }

    private static void WriteInvocation(MessagePackWriter writer, int type, HubMethodInvocationMessage invocation, string[]? streamIds)
    {
        WriteStart(writer, 6, type, invocation);
        writer.WriteString(invocation.Target);
        var arguments = invocation.Arguments ?? [];
        writer.WriteArrayHeader(arguments.Length);
        foreach (var argument in arguments)
        {
            DynamicFormatter.Instance.Write(writer, argument);
        }

        streamIds ??= [];
        writer.WriteArrayHeader(streamIds.Length);
        foreach (var streamId in streamIds)
        {
            writer.WriteString(streamId);
        }
    }

    private static void WriteCompletion(MessagePackWriter writer, CompletionMessage completion)
    {
        var kind = completion.Error is not null ? CompletionKind.Error : completion.HasResult ? CompletionKind.Result : CompletionKind.Void;
        WriteStart(writer, kind == CompletionKind.Void ? 4 : 5, HubProtocolConstants.CompletionMessageType, completion);
        writer.WriteInt64((long)kind);
        switch (kind)
        {
            case CompletionKind.Error:
                writer.WriteString(completion.Error);
                break;
            case CompletionKind.Result:
                DynamicFormatter.Instance.Write(writer, completion.Result);
                break;
        }
    }

    /// <summary>What all messages about an invocation begin with.</summary>
    private static void WriteStart(MessagePackWriter writer, int items, int type, HubInvocationMessage message)
    {
        writer.WriteArrayHeader(items);
        writer.WriteInt64(type);
        WriteHeaders(writer, message.Headers);
        writer.WriteString(string.IsNullOrEmpty(message.InvocationId) ? null : message.InvocationId);
    }

    private static void WriteHeaders(MessagePackWriter writer, IDictionary<string, string>? headers)
    {
        writer.WriteMapHeader(headers?.Count ?? 0);
        if (headers is { Count: > 0 })
        {
            foreach (var (name, value) in headers)
            {
                writer.WriteString(name);
                writer.WriteString(value);
            }
        }
    }

    private static void WriteSequenceId(MessagePackWriter writer, int type, long sequenceId)
    {
        writer.WriteArrayHeader(2);
        writer.WriteInt64(type);
        writer.WriteInt64(sequenceId);
    }
}

/// <summary>What a completion carries, as its number on the wire.</summary>
internal enum CompletionKind : long
{
    Error = 1,
    Void = 2,
    Result = 3,
}
