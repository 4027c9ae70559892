using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text;
using CoPilot.Realtime.MessagePack.Formatters;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.MessagePack;

/// <summary>
/// One frame to one message. Items beyond the known ones are ignored, as the protocol wants it. Values that do not fit what the hub method
/// takes fail that call (a binding failure); anything else that is wrong is an <see cref="InvalidDataException"/>.
/// </summary>
internal static class MessageParser
{
    /// <summary>Null for a message of an unknown type.</summary>
    public static HubMessage? Parse(ReadOnlySpan<byte> payload, IInvocationBinder binder)
    {
        try
        {
            var reader = new MessagePackReader(payload);
            return Parse(ref reader, binder);
        }
        catch (UnexpectedValueException exception)
        {
            throw new InvalidDataException("A message is not laid out as the hub protocol says. " + exception.Message, exception);
        }
    }

    private static HubMessage? Parse(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var items = reader.ReadArrayHeader();
        switch (reader.ReadInt64())
        {
            case HubProtocolConstants.InvocationMessageType:
                return ReadInvocation(ref reader, binder, items, static (id, target, arguments, streamIds) => new InvocationMessage(id, target, arguments, streamIds));
            case HubProtocolConstants.StreamInvocationMessageType:
                return ReadInvocation(ref reader, binder, items, static (id, target, arguments, streamIds) => new StreamInvocationMessage(Required(id), target, arguments, streamIds));
            case HubProtocolConstants.StreamItemMessageType:
                return ReadStreamItem(ref reader, binder, items);
            case HubProtocolConstants.CompletionMessageType:
                return ReadCompletion(ref reader, binder, items);
            case HubProtocolConstants.CancelInvocationMessageType:
                Expect(items, 3);
                var headers = ReadHeaders(ref reader);
                return new CancelInvocationMessage(ReadRequiredId(ref reader)) { Headers = headers };
            case HubProtocolConstants.PingMessageType:
                return PingMessage.Instance;
            case HubProtocolConstants.CloseMessageType:
                Expect(items, 2);
                var error = reader.ReadString();
                return new CloseMessage(error, allowReconnect: items > 2 && reader.ReadBoolean());
            case HubProtocolConstants.AckMessageType:
                Expect(items, 2);
                return new AckMessage(reader.ReadInt64());
            case HubProtocolConstants.SequenceMessageType:
                Expect(items, 2);
                return new SequenceMessage(reader.ReadInt64());
            default:
                return null;
        }
    }

    private static HubMessage ReadInvocation(
        ref MessagePackReader reader, IInvocationBinder binder, int items, Func<string?, string, object?[], string[]?, HubInvocationMessage> create)
    {
        Expect(items, 5);
        var headers = ReadHeaders(ref reader);
        var id = ReadId(ref reader);
        var targetBytes = reader.ReadStringBytes();
        var target = binder.GetTarget(targetBytes) ?? Encoding.UTF8.GetString(targetBytes);
        object?[] arguments;
        try
        {
            arguments = ReadArguments(ref reader, binder.GetParameterTypes(target));
        }
        catch (Exception exception) when (exception is not InvalidDataException)
        {
            return new InvocationBindingFailureMessage(id, target, ExceptionDispatchInfo.Capture(exception));
        }

        var message = create(id, target, arguments, items > 5 ? ReadStreamIds(ref reader) : null);
        message.Headers = headers;
        return message;
    }

    private static HubMessage ReadStreamItem(ref MessagePackReader reader, IInvocationBinder binder, int items)
    {
        Expect(items, 4);
        var headers = ReadHeaders(ref reader);
        var id = ReadRequiredId(ref reader);
        try
        {
            var item = ArgumentFormatter.For(binder.GetStreamItemType(id)).Read(ref reader);
            return new StreamItemMessage(id, item) { Headers = headers };
        }
        catch (Exception exception) when (exception is not InvalidDataException)
        {
            return new StreamBindingFailureMessage(id, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private static CompletionMessage ReadCompletion(ref MessagePackReader reader, IInvocationBinder binder, int items)
    {
        Expect(items, 4);
        var headers = ReadHeaders(ref reader);
        var id = ReadRequiredId(ref reader);
        var kind = (CompletionKind)reader.ReadInt64();
        Expect(items, kind == CompletionKind.Void ? 4 : 5);
        var completion = kind switch
        {
            CompletionKind.Error => CompletionMessage.WithError(id, reader.ReadString()),
            CompletionKind.Void => CompletionMessage.Empty(id),
            CompletionKind.Result => ReadResult(ref reader, binder, id),
            _ => throw new InvalidDataException("A completion is neither error, void nor result."),
        };
        completion.Headers = headers;
        return completion;
    }

    private static CompletionMessage ReadResult(ref MessagePackReader reader, IInvocationBinder binder, string id)
    {
        var type = FindReturnType(binder, id);
        if (type is null)
        {
            reader.Skip();
            return CompletionMessage.WithResult(id, null);
        }

        if (type == typeof(RawResult))
        {
            // Copied by RawResult.
            return CompletionMessage.WithResult(id, new RawResult(new ReadOnlySequence<byte>(reader.ReadRaw().ToArray())));
        }

        try
        {
            return CompletionMessage.WithResult(id, ArgumentFormatter.For(type).Read(ref reader));
        }
        catch (Exception exception) when (exception is not InvalidDataException)
        {
            return CompletionMessage.WithError(id, $"Error trying to deserialize result to {type.Name}. {exception.Message}");
        }
    }

    /// <summary>Null when nobody waits for it any more, which SignalR's binders say by throwing.</summary>
    private static Type? FindReturnType(IInvocationBinder binder, string id)
    {
        try
        {
            return binder.GetReturnType(id);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static object?[] ReadArguments(ref MessagePackReader reader, IReadOnlyList<Type> types)
    {
        var count = reader.ReadArrayHeader();
        if (count != types.Count)
        {
            throw new UnexpectedValueException($"Invocation provides {count} argument(s) but target expects {types.Count}.");
        }

        if (count == 0)
        {
            return [];
        }

        var arguments = new object?[count];
        for (var i = 0; i < count; i++)
        {
            arguments[i] = ArgumentFormatter.For(types[i]).Read(ref reader);
        }

        return arguments;
    }

    private static Dictionary<string, string>? ReadHeaders(ref MessagePackReader reader)
    {
        var count = reader.ReadMapHeader();
        if (count == 0)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = ReadRequiredString(ref reader);
            headers[name] = ReadRequiredString(ref reader);
        }

        return headers;
    }

    private static string[]? ReadStreamIds(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        if (count == 0)
        {
            return null;
        }

        var ids = new string[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = ReadRequiredString(ref reader);
        }

        return ids;
    }

    private static string? ReadId(ref MessagePackReader reader) => reader.ReadString() is { Length: > 0 } id ? id : null;

    private static string ReadRequiredId(ref MessagePackReader reader) => Required(ReadId(ref reader));

    private static string Required(string? id) =>
        id ?? throw new InvalidDataException("A message that belongs to an invocation does not say to which.");

    private static string ReadRequiredString(ref MessagePackReader reader) =>
        reader.ReadString() ?? throw new InvalidDataException("A string is missing.");

    private static void Expect(int items, int least)
    {
        if (items < least)
        {
            throw new InvalidDataException($"A message has {items} items, and must have {least}.");
        }
    }
}
