using System.Text.Json;
using CoPilot.CoBrowse.Sanitizing.Css;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// The one closed list of what may pass, as both the browser's and the server's half of the sanitizer read it from
/// <c>rules.json</c>. What is not in it is dropped by the one and refused by the other. Immutable.
/// </summary>
internal sealed class SanitizerRules
{
    private static readonly Lazy<SanitizerRules> Shared = new(Load);

    private SanitizerRules(JsonElement root)
    {
        Mask = root.GetProperty("mask").GetString()!;
        Limits = root.GetProperty("limits").Deserialize<SanitizerLimits>(JsonSerializerOptions.Web)!;
        Reasons = WordSet.Parse(root.GetProperty("reasons").GetString()!);
        Elements = new ElementRules(root.GetProperty("elements"));
        Attributes = new AttributeRules(root.GetProperty("attributes"), root.GetProperty("words"));
        Css = new CssRules(root.GetProperty("css"));
        Text = root.GetProperty("text").Deserialize<TextRules>(JsonSerializerOptions.Web)!;
    }

    public static SanitizerRules Default => Shared.Value;

    public string Mask { get; }

    public SanitizerLimits Limits { get; }

    public WordSet Reasons { get; }

    public ElementRules Elements { get; }

    public AttributeRules Attributes { get; }

    public CssRules Css { get; }

    public TextRules Text { get; }

    private static SanitizerRules Load()
    {
        using var stream = typeof(SanitizerRules).Assembly.GetManifestResourceStream("sanitizer-rules.json")!;
        using var document = JsonDocument.Parse(stream);
        return new SanitizerRules(document.RootElement);
    }
}
