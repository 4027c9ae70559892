using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>What a provider is asked; <c>docs/callbacks-webhook.md</c> is its documentation.</summary>
/// <param name="Number">In E.164.</param>
internal sealed record CallRequestBody(string AttemptId, string CallbackId, string Site, string Number, string AgentId);

/// <summary>What a provider tells. Fields may be null whatever their type says: they come from outside.</summary>
internal sealed record CallStatusBody(string? EventId, string? AttemptId, string? Status, string? Outcome = null);

/// <summary>What a provider is answered.</summary>
/// <param name="Result">One of <see cref="CallStatusResults"/>.</param>
internal sealed record CallStatusAnswer(string Result);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallRequestBody))]
[JsonSerializable(typeof(CallStatusBody))]
[JsonSerializable(typeof(CallStatusAnswer))]
internal sealed partial class CallbackJson : JsonSerializerContext
{
    /// <summary>For no browser: a number's plus stays one, as people read it in the documentation.</summary>
    public static CallbackJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
