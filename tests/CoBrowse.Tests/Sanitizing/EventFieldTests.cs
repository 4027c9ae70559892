using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.TestKit;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

/// <summary>The fields of events and nodes, as <c>rules.json</c> lists them: the browser's half writes them so, and the server takes no others.</summary>
public sealed class EventFieldTests
{
    private static readonly Dictionary<string, string> Inside = new()
    {
        ["fullSnapshot.initialOffset"] = "initialOffset",
        ["mutation.removes"] = "remove",
        ["mutation.adds"] = "add",
        ["mutation.texts"] = "text",
        ["mutation.attributes"] = "attributes",
        ["styleSheetRule.removes"] = "ruleRemove",
        ["styleSheetRule.adds"] = "ruleAdd",
        ["styleDeclaration.set"] = "styleSet",
        ["styleDeclaration.remove"] = "styleRemove",
        ["adoptedStyleSheet.styles"] = "style",
        ["style.rules"] = "styleRule",
    };

    private static readonly Dictionary<string, string[]> Lists = ReadLists();

    private static readonly List<JsonArray> Frames = ReadFrames();

    [Fact]
    public void Events_ThatTheBrowserMakes_HaveTheFieldsOfTheirListInItsOrder()
    {
        foreach (var (list, fields) in Frames.SelectMany(Objects))
        {
            var order = fields.Select(field => Array.FindIndex(Lists[list], entry => Names(entry).Contains(field.Key))).ToList();

            Assert.True(order[0] >= 0 && order.Zip(order.Skip(1)).All(pair => pair.First < pair.Second), $"{list}: {string.Join(' ', fields.Select(field => field.Key))}");
            Assert.All(Lists[list].Index().Where(entry => !entry.Item.EndsWith('?')), entry => Assert.Contains(entry.Index, order));
        }
    }

    [Fact]
    public void Check_FieldThatIsMissingMovedOrUnknown_IsRefused()
    {
        var done = new HashSet<string>();
        foreach (var frame in Frames)
        {
            foreach (var (list, fields) in Objects(frame).ToList())
            {
                var whole = fields.ToList();
                foreach (var field in whole.Where(field => done.Add($"{list}.{field.Key}")))
                {
                    var others = whole.Where(other => other.Key != field.Key).ToList();
                    if (!Lists[list].Any(entry => entry == field.Key + "?"))
                    {
                        AssertRefused(frame, fields, others);
                    }

                    AssertRefused(frame, fields, whole[^1].Key == field.Key ? [field, .. others] : [.. others, field], whole.Count > 1);
                    AssertRefused(frame, fields, [.. others, new(field.Key + "2", field.Value)]);
                    Refill(fields, whole);
                }
            }
        }

        Assert.InRange(done.Count, Lists.Count, 200);
    }

    private static void AssertRefused(JsonArray frame, JsonObject fields, List<KeyValuePair<string, JsonNode?>> changed, bool differs = true)
    {
        if (differs)
        {
            Refill(fields, changed);
            using var check = new EventCheck(SanitizerRules.Default);
            Assert.True(check.Check(Encoding.UTF8.GetBytes(frame.ToJsonString()), keyframe: true) is not null, string.Join(' ', changed.Select(field => field.Key)));
        }
    }

    private static void Refill(JsonObject fields, List<KeyValuePair<string, JsonNode?>> filling)
    {
        fields.Clear();
        filling.ForEach(fields.Add);
    }

    private static string[] Names(string entry) => entry.TrimEnd('?').Split('|');

    private static IEnumerable<(string List, JsonObject Fields)> Objects(JsonArray frame) => frame.SelectMany(item =>
    {
        var data = item!["data"]!.AsObject();
        var list = (int)item["type"]! switch
        {
            4 => "meta",
            2 => "fullSnapshot",
            _ => (int)data["source"]! switch { 0 => "mutation", 3 => "scroll", 4 => "viewportResize", 8 => "styleSheetRule", 13 => "styleDeclaration", _ => "adoptedStyleSheet" },
        };
        return Objects(list, data).Prepend(("event", item.AsObject()));
    });

    private static IEnumerable<(string List, JsonObject Fields)> Objects(string list, JsonObject fields) => fields.SelectMany(field =>
    {
        List<JsonNode?> values = field.Value is JsonArray items ? items.ToList() : [field.Value];
        return field.Key is "node" or "childNodes"
            ? values.SelectMany(node => Objects(Node((int)node!["type"]!), node.AsObject()))
            : Inside.TryGetValue($"{list}.{field.Key}", out var inside) ? values.SelectMany(value => Objects(inside, value!.AsObject())) : [];
    }).Prepend((list, fields));

    private static string Node(int type) => type switch { 0 => "document", 1 => "documentType", 2 => "element", _ => "textNode" };

    private static Dictionary<string, string[]> ReadLists()
    {
        using var rules = JsonDocument.Parse(File.ReadAllText(Checkout.File("src/CoBrowse/Sanitizing/rules.json")));
        return new[] { "events", "nodes" }.SelectMany(part => rules.RootElement.GetProperty(part).EnumerateObject())
            .ToDictionary(list => list.Name, list => list.Value.GetString()!.Split(' '));
    }

    private static List<JsonArray> ReadFrames() => [.. JsonNode.Parse(File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/sanitizer.json")))!["vectors"]!.AsArray()
        .Where(vector => (string)vector!["check"]! == "accepted" && vector["make"] is JsonArray)
        .Select(vector => vector!["make"]!.DeepClone().AsArray())];
}
