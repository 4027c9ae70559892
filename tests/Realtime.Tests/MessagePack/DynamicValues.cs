using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoPilot.Realtime.Tests.MessagePack;

/// <summary>Values of no declared type, from and to JSON; bytes are <c>{"$bytes": "hex"}</c> there.</summary>
internal static class DynamicValues
{
    private const string Bytes = "$bytes";

    public static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole : json.GetDouble(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Array => json.EnumerateArray().Select(FromJson).ToArray(),
        _ when json.TryGetProperty(Bytes, out var hex) => Convert.FromHexString(hex.GetString()!),
        _ => json.EnumerateObject().ToDictionary(member => member.Name, member => FromJson(member.Value)),
    };

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        bool boolean => boolean,
        string text => text,
        double fraction => fraction,
        ulong large => large,
        IConvertible whole => whole.ToInt64(CultureInfo.InvariantCulture),
        byte[] bytes => new JsonObject { [Bytes] = Convert.ToHexStringLower(bytes) },
        Dictionary<string, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, ToJson(pair.Value)))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToJson)]),
        _ => throw new InvalidOperationException($"{value.GetType()}?"),
    };
}
