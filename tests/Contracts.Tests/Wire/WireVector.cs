using System.Text.Json;

namespace CoPilot.Contracts.Tests.Wire;

/// <summary>One golden vector of <c>src/Contracts/Vectors/wire.json</c>: these bytes are this value, for every program that speaks the protocol.</summary>
/// <param name="Type">The record's name.</param>
/// <param name="Json">What the server puts on the wire, byte for byte.</param>
/// <param name="Value">What it means.</param>
public sealed record WireVector(string Name, string Type, string Json, JsonElement Value)
{
    public static IReadOnlyList<WireVector> All { get; } = JsonSerializer.Deserialize<List<WireVector>>(Read("wire.json"), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. All.Select(vector => vector.Name)];

    public static Type[] Records { get; } =
        [.. typeof(WireJson).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type != typeof(WireJson))];

    public Type Record => Records.Single(record => record.Name == Type);

    public static Stream Read(string file) =>
        typeof(WireJson).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded in Contracts.");

    public static WireVector Named(string name) => All.Single(vector => vector.Name == name);

    public bool Has(string property) => Value.TryGetProperty(JsonNamingPolicy.CamelCase.ConvertName(property), out _);
}
