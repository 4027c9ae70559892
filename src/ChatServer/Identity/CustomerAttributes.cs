using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CoPilot.ChatServer.Identity;

/// <summary>
/// What a shop signs about a customer besides name and address, for the rules of its queues: the claim <c>attributes</c> of its token, an object of texts, numbers and
/// truth values. They go on in our token, which browsers send with each connection, so they are few and short.
/// </summary>
internal static class CustomerAttributes
{
    private const int Count = 10;

    private const int NameLength = 50;

    private const int ValueLength = 100;

    /// <summary>False when there are too many, or too long ones. Values that are lists or objects are left out.</summary>
    public static bool TryRead(JsonElement claim, [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? attributes)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in claim.ValueKind == JsonValueKind.Object ? claim.EnumerateObject().ToArray() : [])
        {
            if (attribute.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                read[attribute.Name] = attribute.Value.ValueKind == JsonValueKind.String ? attribute.Value.GetString()! : attribute.Value.GetRawText();
            }
        }

        var isSmall = read.Count <= Count && read.All(attribute => attribute.Key.Length <= NameLength && attribute.Value.Length <= ValueLength);
        attributes = isSmall ? read : null;
        return isSmall;
    }

    /// <summary>Null for none.</summary>
    public static string? ToClaim(IReadOnlyDictionary<string, string> attributes) =>
        attributes.Count > 0 ? JsonSerializer.Serialize(attributes, IdentityJson.Default.IReadOnlyDictionaryStringString) : null;

    public static IReadOnlyDictionary<string, string> FromClaim(string? claim) => claim is null
        ? ReadOnlyDictionary<string, string>.Empty
        : JsonSerializer.Deserialize(claim, IdentityJson.Default.IReadOnlyDictionaryStringString)!;
}
