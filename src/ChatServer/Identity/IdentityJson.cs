using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoPilot.ChatServer.Identity;

/// <summary>How an account is kept where it is not columns.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class IdentityJson : JsonSerializerContext;
