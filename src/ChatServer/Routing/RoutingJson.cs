using System.Text.Json;
using System.Text.Json.Serialization;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>How routing keeps what has a shape but is never searched: effects, customers, and what scripts are told.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RoutingEffect))]
[JsonSerializable(typeof(CustomerInfo))]
[JsonSerializable(typeof(RedisRoutingRules))]
[JsonSerializable(typeof(IReadOnlyList<CallAttempt>))]
[JsonSerializable(typeof(Dictionary<string, int[]>))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string[][]))]
internal sealed partial class RoutingJson : JsonSerializerContext;
