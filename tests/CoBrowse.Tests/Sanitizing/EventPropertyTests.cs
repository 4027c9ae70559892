using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.TestKit;
using FsCheck.Fluent;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

/// <summary>Accepted events, changed at random: whatever is still accepted says nothing that is not on the lists.</summary>
public sealed class EventPropertyTests
{
    private const int Runs = 6_000;

    private static readonly string[] Markers =
        ["Secret", "javascript:alert(1)", "http://evil.example/x", "background:url(http://evil.example/x);", "@import \"http://evil.example/x\";", "a{content:\"Secret\";}", "Secret\u2022"];

    private static readonly string[] Others =
        ["script", "iframe", "link", "object", "style", "div", "x-img", "x-abcdefgh", "_abcdefgh", "", " ", "••••••", "color:red;", "a{color:red;}", "#_abcdefgh", "id", "onclick", "href", "srcdoc", "_cssText", "value"];

    private static readonly string[] Accepted = ReadAccepted();

    [Fact]
    public void Check_AcceptedEventsChangedAtRandom_NeverSayWhatIsNotOnTheLists()
    {
        var stillAccepted = 0;
        RandomCheck.Run(Gen.Choose(0, int.MaxValue), Runs, seed =>
        {
            var random = new Random(seed);
            var events = Change(JsonNode.Parse(Accepted[random.Next(Accepted.Length)])!, random);
            using var check = new EventCheck(SanitizerRules.Default);
            var reason = check.Check(Encoding.UTF8.GetBytes(events), keyframe: true);

            Assert.True(reason is null || SanitizerRules.Default.Reasons.Contains(reason));
            if (reason is null)
            {
                stillAccepted++;
                Assert.DoesNotMatch("Secret|evil|alert|\"script\"|\"iframe\"|\"link\"|\"object\"|onclick|srcdoc", events);
            }
        });

        Assert.InRange(stillAccepted, Runs / 100, Runs);
    }

    [Fact]
    public void Check_BytesChangedAtRandom_NeverThrows() => RandomCheck.Run(Gen.Choose(0, int.MaxValue), Runs, seed =>
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(Accepted[random.Next(Accepted.Length)]);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        using var check = new EventCheck(SanitizerRules.Default);
        var reason = check.Check(bytes, keyframe: true);
        Assert.True(reason is null || SanitizerRules.Default.Reasons.Contains(reason));
    });

    private static string Change(JsonNode root, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var places = new List<JsonNode>();
            Collect(root, places);
            var place = places[random.Next(places.Count)];
            if (place is JsonObject fields && fields.Count > 0 && random.Next(3) == 0)
            {
                Rename(fields, random);
            }
            else if (place.Parent is not null)
            {
                place.ReplaceWith(Other(random, places));
            }
        }

        return root.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static void Rename(JsonObject fields, Random random)
    {
        var (name, value) = fields.ToList()[random.Next(fields.Count)];
        fields.Remove(name);
        var other = Others[random.Next(Others.Length)];
        if (!fields.ContainsKey(other))
        {
            fields.Add(other, value);
        }
    }

    private static JsonNode Other(Random random, List<JsonNode> places) => random.Next(5) switch
    {
        0 => JsonValue.Create(Markers[random.Next(Markers.Length)]),
        1 => JsonValue.Create(Others[random.Next(Others.Length)]),
        2 => JsonValue.Create(random.Next(-2, 30)),
        3 => JsonValue.Create(true),
        _ => places[random.Next(places.Count)].DeepClone(),
    };

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        if (node is null)
        {
            return;
        }

        places.Add(node);
        foreach (var child in node switch { JsonObject fields => fields.Select(field => field.Value), JsonArray items => items, _ => [] })
        {
            Collect(child, places);
        }
    }

    private static string[] ReadAccepted()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/sanitizer.json")));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray()
            .Where(vector => vector.GetProperty("check").GetString() == "accepted")
            .Select(vector => vector.GetProperty(vector.GetProperty("make").ValueKind == JsonValueKind.Array ? "make" : "in").GetRawText())
            .Where(events => !events.Contains("data-copilot-show", StringComparison.Ordinal))];
    }
}
