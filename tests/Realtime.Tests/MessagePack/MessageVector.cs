using System.Text.Json;
using System.Text.Json.Nodes;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.MessagePack;

/// <summary>One golden vector of <c>src/Realtime/Vectors/messagepack.json</c>, which the stock npm package is held to as well.</summary>
/// <param name="Hex">The frame, length and all.</param>
/// <param name="AlsoReads">Another form of the message, which is understood but not what is written.</param>
public sealed record MessageVector(string Name, string Hex, JsonElement Message, bool AlsoReads = false)
{
    public static IReadOnlyList<MessageVector> All { get; } =
        JsonSerializer.Deserialize<List<MessageVector>>(File.ReadAllText(Checkout.File("src/Realtime/Vectors/messagepack.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. All.Select(vector => vector.Name)];

    public static TheoryData<string> WrittenNames => [.. All.Where(vector => !vector.AlsoReads).Select(vector => vector.Name)];

    public byte[] Bytes => Convert.FromHexString(Hex);

    public int Arguments => Message.TryGetProperty("arguments", out var arguments) ? arguments.GetArrayLength() : 0;

    public static MessageVector Named(string name) => All.Single(vector => vector.Name == name);

    public HubMessage ToMessage()
    {
        HubMessage message = Message.GetProperty("type").GetInt32() switch
        {
            1 => new InvocationMessage(Text("invocationId"), Text("target")!, ArgumentList(), Streams()),
            2 => new StreamItemMessage(Text("invocationId")!, DynamicValues.FromJson(Message.GetProperty("item"))),
            3 => Completion(),
            4 => new StreamInvocationMessage(Text("invocationId")!, Text("target")!, ArgumentList(), Streams()),
            5 => new CancelInvocationMessage(Text("invocationId")!),
            6 => PingMessage.Instance,
            7 => new CloseMessage(Text("error"), Message.GetProperty("allowReconnect").GetBoolean()),
            8 => new AckMessage(Message.GetProperty("sequenceId").GetInt64()),
            9 => new SequenceMessage(Message.GetProperty("sequenceId").GetInt64()),
            var type => throw new InvalidOperationException($"Type {type}?"),
        };
        if (message is HubInvocationMessage invocation && Message.GetProperty("headers").Deserialize<Dictionary<string, string>>() is { Count: > 0 } headers)
        {
            invocation.Headers = headers;
        }

        return message;
    }

    /// <summary>A message in the words of the vectors.</summary>
    public static JsonObject Describe(HubMessage message)
    {
        var described = message switch
        {
            InvocationMessage invocation => DescribeCall(1, invocation, invocation.StreamIds),
            StreamInvocationMessage invocation => DescribeCall(4, invocation, invocation.StreamIds),
            StreamItemMessage item => new JsonObject { ["type"] = 2, ["item"] = DynamicValues.ToJson(item.Item) },
            CompletionMessage { Error: { } error } => new JsonObject { ["type"] = 3, ["error"] = error },
            CompletionMessage { HasResult: true, Result: var result } => new JsonObject { ["type"] = 3, ["result"] = DynamicValues.ToJson(result) },
            CompletionMessage => new JsonObject { ["type"] = 3 },
            CancelInvocationMessage => new JsonObject { ["type"] = 5 },
            PingMessage => new JsonObject { ["type"] = 6 },
            CloseMessage close => new JsonObject { ["type"] = 7, ["error"] = close.Error, ["allowReconnect"] = close.AllowReconnect },
            AckMessage ack => new JsonObject { ["type"] = 8, ["sequenceId"] = ack.SequenceId },
            SequenceMessage sequence => new JsonObject { ["type"] = 9, ["sequenceId"] = sequence.SequenceId },
            _ => throw new InvalidOperationException(message.ToString()),
        };
        if (message is HubInvocationMessage { InvocationId: { } id })
        {
            described["invocationId"] = id;
        }

        if (message is HubInvocationMessage { Headers: var headers })
        {
            described["headers"] = new JsonObject((headers ?? new Dictionary<string, string>()).Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value)));
        }

        return described;
    }

    private static JsonObject DescribeCall(int type, HubMethodInvocationMessage call, string[]? streamIds) => new()
    {
        ["type"] = type,
        ["target"] = call.Target,
        ["arguments"] = DynamicValues.ToJson(call.Arguments),
        ["streamIds"] = DynamicValues.ToJson(streamIds ?? []),
    };

    private CompletionMessage Completion() => Text("error") is { } error
        ? CompletionMessage.WithError(Text("invocationId")!, error)
        : Message.TryGetProperty("result", out var result)
            ? CompletionMessage.WithResult(Text("invocationId")!, DynamicValues.FromJson(result))
            : CompletionMessage.Empty(Text("invocationId")!);

    private object?[] ArgumentList() => [.. Message.GetProperty("arguments").EnumerateArray().Select(DynamicValues.FromJson)];

    private string[]? Streams() => Message.GetProperty("streamIds").Deserialize<string[]>() is { Length: > 0 } ids ? ids : null;

    private string? Text(string name) => Message.TryGetProperty(name, out var text) ? text.GetString() : null;
}
