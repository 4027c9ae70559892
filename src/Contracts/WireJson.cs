using System.Text.Json;
using System.Text.Json.Serialization;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;

namespace CoPilot.Contracts;

/// <summary>
/// JSON of the wire, made at compile time: camelCase, absent instead of null, unknown fields ignored.
/// Hub, HTTP API, hub client and vectors all use it, so there is one spelling.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinResult))]
[JsonSerializable(typeof(LeaveRequest))]
[JsonSerializable(typeof(SendRequest))]
[JsonSerializable(typeof(SendResult))]
[JsonSerializable(typeof(SetTypingRequest))]
[JsonSerializable(typeof(MarkReadRequest))]
[JsonSerializable(typeof(EndChatRequest))]
[JsonSerializable(typeof(Acknowledged))]
[JsonSerializable(typeof(StartChatRequest))]
[JsonSerializable(typeof(StartChatResult))]
[JsonSerializable(typeof(MyContactsRequest))]
[JsonSerializable(typeof(MyContactsResult))]
[JsonSerializable(typeof(SetStatusRequest))]
[JsonSerializable(typeof(SetStatusResult))]
[JsonSerializable(typeof(AcceptOfferRequest))]
[JsonSerializable(typeof(AcceptOfferResult))]
[JsonSerializable(typeof(DeclineOfferRequest))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(AddNoteRequest))]
[JsonSerializable(typeof(GetQueuesRequest))]
[JsonSerializable(typeof(GetQueuesResult))]
[JsonSerializable(typeof(MessageEvent))]
[JsonSerializable(typeof(TypingEvent))]
[JsonSerializable(typeof(ReadEvent))]
[JsonSerializable(typeof(ContactChangedEvent))]
[JsonSerializable(typeof(OfferedEvent))]
[JsonSerializable(typeof(OfferWithdrawnEvent))]
[JsonSerializable(typeof(QueuesChangedEvent))]
[JsonSerializable(typeof(DrainingEvent))]
[JsonSerializable(typeof(CustomerTokenRequest))]
[JsonSerializable(typeof(CustomerTokenResult))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInResult))]
[JsonSerializable(typeof(AgentProfileResult))]
[JsonSerializable(typeof(ContactOptionsResult))]
[JsonSerializable(typeof(Problem))]
public sealed partial class WireJson : JsonSerializerContext;
