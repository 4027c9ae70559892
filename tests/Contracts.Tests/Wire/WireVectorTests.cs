using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoPilot.Contracts.Tests.Wire;

public sealed class WireVectorTests
{
    public static TheoryData<string> Names => WireVector.Names;

    public static TheoryData<string> Records => [.. WireVector.Records.Select(record => record.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ParseThenSerialize_Vector_GivesTheSameBytes(string name)
    {
        var vector = WireVector.Named(name);

        var parsed = JsonSerializer.Deserialize(vector.Json, vector.Record, WireJson.Default);

        Assert.Equal(vector.Json, JsonSerializer.Serialize(parsed, vector.Record, WireJson.Default));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Serialize_ValueOfVector_GivesItsBytes(string name)
    {
        var vector = WireVector.Named(name);

        var value = vector.Value.Deserialize(vector.Record, WireJson.Default);

        Assert.Equal(vector.Json, JsonSerializer.Serialize(value, vector.Record, WireJson.Default));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_VectorWithUnknownFields_IgnoresThem(string name)
    {
        var vector = WireVector.Named(name);
        var extended = JsonNode.Parse(vector.Json)!.AsObject();
        extended.Add("fieldOfALaterVersion", new JsonObject { ["deep"] = new JsonArray(1, "two") });

        var parsed = extended.Deserialize(vector.Record, WireJson.Default);

        Assert.Equal(vector.Json, JsonSerializer.Serialize(parsed, vector.Record, WireJson.Default));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Vectors_OfEachRecord_ShowEveryOptionalFieldPresentAndAbsent(string name)
    {
        var record = WireVector.Records.Single(candidate => candidate.Name == name);
        var vectors = WireVector.All.Where(vector => vector.Type == name).ToList();
        var nullability = new NullabilityInfoContext();

        Assert.NotEmpty(vectors);
        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Assert.True(vectors.Any(vector => vector.Has(property.Name)), $"No vector has {name}.{property.Name}.");
            if (nullability.Create(property).ReadState == NullabilityState.Nullable)
            {
                Assert.True(vectors.Any(vector => !vector.Has(property.Name)), $"No vector leaves {name}.{property.Name} out.");
            }
        }
    }

    [Fact]
    public void Vectors_All_HaveNamesOfTheirOwn() =>
        Assert.Distinct(WireVector.All.Select(vector => vector.Name));
}
