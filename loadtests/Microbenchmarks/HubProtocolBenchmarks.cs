using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace CoPilot.Microbenchmarks;

/// <summary>Our MessagePack against the framework's JSON protocol, set up as the chat server does, over what a chat says most.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class HubProtocolBenchmarks
{
    private static readonly JsonHubProtocol Json = new JsonHubProtocol(Options.Create(
        new JsonHubProtocolOptions { PayloadSerializerOptions = new JsonSerializerOptions(WireJson.Default.Options) }));

    private static readonly MessagePackHubProtocol MessagePack = new MessagePackHubProtocol();

    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private Case _case = null!;

    [Params("Send", "Message", "JoinResult")]
    public string What { get; set; } = "";

    [GlobalSetup]
    public void SetUp() => _case = new Case(What, Json, MessagePack);

    [Benchmark(Baseline = true, Description = "json")]
    [BenchmarkCategory("encode")]
    public int EncodeJson() => Encode(Json);

    [Benchmark(Description = "messagepack")]
    [BenchmarkCategory("encode")]
    public int EncodeMessagePack() => Encode(MessagePack);

    [Benchmark(Baseline = true, Description = "json")]
    [BenchmarkCategory("decode")]
    public HubMessage DecodeJson() => Decode(Json, _case.Json);

    [Benchmark(Description = "messagepack")]
    [BenchmarkCategory("decode")]
    public HubMessage DecodeMessagePack() => Decode(MessagePack, _case.MessagePack);

    [Benchmark(Baseline = true, Description = "json")]
    [BenchmarkCategory("encode to bytes")]
    public ReadOnlyMemory<byte> BytesJson() => Json.GetMessageBytes(_case.Message);

    [Benchmark(Description = "messagepack")]
    [BenchmarkCategory("encode to bytes")]
    public ReadOnlyMemory<byte> BytesMessagePack() => MessagePack.GetMessageBytes(_case.Message);

    private int Encode(IHubProtocol protocol)
    {
        _output.ResetWrittenCount();
        protocol.WriteMessage(_case.Message, _output);
        return _output.WrittenCount;
    }

    private HubMessage Decode(IHubProtocol protocol, byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        return protocol.TryParseMessage(ref input, _case, out var message) ? message : throw new InvalidOperationException("Not a message.");
    }

    /// <summary>One message, its bytes, and the binder that knows its types.</summary>
    private sealed class Case : IInvocationBinder
    {
        private static readonly DateTimeOffset SentAt = new(2026, 11, 23, 10, 0, 5, 250, TimeSpan.Zero);

        private readonly Type[] _parameters;

        public Case(string what, IHubProtocol json, IHubProtocol messagePack)
        {
            Message = what switch
            {
                "Send" => new InvocationMessage("17", "Send", [new SendRequest("v-01JD7Q3Y", "m-01JD7Q4Z", "Where is my parcel? It should have been here on Tuesday.")]),
                "Message" => new InvocationMessage("Message", [new MessageEvent("v-01JD7Q3Y", "e-01JD7Q3Y", Entry(42))]),
                _ => CompletionMessage.WithResult("18", Joined()),
            };
            _parameters = Message is InvocationMessage { Arguments: [{ } argument] } ? [argument.GetType()] : [];
            Json = json.GetMessageBytes(Message).ToArray();
            MessagePack = messagePack.GetMessageBytes(Message).ToArray();
        }

        public HubMessage Message { get; }

        public byte[] Json { get; }

        public byte[] MessagePack { get; }

        public Type GetReturnType(string invocationId) => typeof(JoinResult);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => _parameters;

        public Type GetStreamItemType(string streamId) => typeof(object);

        // SignalR's own binders know their targets' names by their bytes.
        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) =>
            utf8Bytes.SequenceEqual("Send"u8) ? "Send" : utf8Bytes.SequenceEqual("Message"u8) ? "Message" : null;

        private static JoinResult Joined() => new(
            "v-01JD7Q3Y",
            "e-01JD7Q3Y",
            Reset: false,
            "active",
            "k-01JD7Q3Y",
            new AgentInfo("a-1", "Bo"),
            new CustomerInfo("c-1", Verified: true, "Ada", "ada@shop.example"),
            [.. Enumerable.Range(1, 20).Select(seq => Entry(seq))],
            HasMore: false,
            20,
            new Dictionary<string, long> { ["a-1"] = 20, ["c-1"] = 18 });

        private static LogEntry Entry(long seq) => new(
            seq, seq - 1, "m-01JD7Q4Z", EntryKinds.Text, Audiences.All, new Author(Roles.Customer, "c-1", "Ada"), "Where is my parcel? It should have been here on Tuesday.", SentAt);
    }
}
