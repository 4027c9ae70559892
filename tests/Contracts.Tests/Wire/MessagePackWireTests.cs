using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoPilot.HubClient;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Contracts.Tests.Wire;

/// <summary>The wire's records say the same in MessagePack as in JSON: same names, same times, the same left out.</summary>
public sealed class MessagePackWireTests
{
    public static TheoryData<string> Names => WireVector.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_RecordOfVector_SaysWhatItsJsonSays(string name)
    {
        var vector = WireVector.Named(name);

        var said = ToJson(Pass(Record(vector), typeof(object)));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(vector.Json), said), said?.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_WrittenRecordOfVector_GivesItBack(string name)
    {
        var vector = WireVector.Named(name);

        var read = Pass(Record(vector), vector.Record);

        Assert.Equal(vector.Json, JsonSerializer.Serialize(read, vector.Record, WireJson.Default));
    }

    /// <summary>As a client writes it that knows no records.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Read_MapOfVectorWithUnknownKeys_GivesItsRecord(string name)
    {
        var vector = WireVector.Named(name);
        var map = (Dictionary<string, object?>)FromJson(vector.Value)!;
        map.Add("fieldOfALaterVersion", new object[] { 1, new Dictionary<string, object?> { ["deep"] = "two" } });

        var read = Pass(map.Reverse().ToDictionary(), vector.Record);

        Assert.Equal(vector.Json, JsonSerializer.Serialize(read, vector.Record, WireJson.Default));
    }

    private static object? Record(WireVector vector) => JsonSerializer.Deserialize(vector.Json, vector.Record, WireJson.Default);

    /// <summary>Over the wire as a call's result.</summary>
    private static object? Pass(object? value, Type type)
    {
        var input = new ReadOnlySequence<byte>(HubProtocols.MessagePack.GetMessageBytes(CompletionMessage.WithResult("1", value)));
        Assert.True(HubProtocols.MessagePack.TryParseMessage(ref input, new Binder(type), out var message));
        var completion = Assert.IsType<CompletionMessage>(message);
        Assert.Null(completion.Error);
        return completion.Result;
    }

    private static JsonNode? ToJson(object? value) => JsonSerializer.SerializeToNode(value);

    private static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(member => member.Name, FromJson),
        JsonValueKind.Array => json.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole : json.GetDouble(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Null => null,
        _ => json.GetBoolean(),
    };

    /// <summary>Bytes, which JSON cannot tell from text, are in no field but frames' <c>data</c>.</summary>
    private static object? FromJson(JsonProperty member) =>
        member is { Name: "data", Value.ValueKind: JsonValueKind.String } ? member.Value.GetBytesFromBase64() : FromJson(member.Value);

    private sealed class Binder(Type result) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => result;

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [];

        public Type GetStreamItemType(string streamId) => result;
    }
}
