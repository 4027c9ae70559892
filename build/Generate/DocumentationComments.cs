using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CoPilot.Generate;

/// <summary>The documentation comments that the compiler wrote beside an assembly, as Markdown.</summary>
internal sealed partial class DocumentationComments
{
    private readonly Dictionary<string, XElement> _members;

    public DocumentationComments(Assembly assembly) =>
        _members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public string Summary(Type type) => Text($"T:{type.FullName}", "summary");

    public string Summary(PropertyInfo property) => Text(Name(property), "summary");

    public string Value(PropertyInfo property) => Text(Name(property), "value");

    private static string Name(PropertyInfo property) => $"P:{property.DeclaringType!.FullName}.{property.Name}";

    private string Text(string member, string element)
    {
        var found = _members.GetValueOrDefault(member)?.Element(element)
            ?? throw new InvalidOperationException($"{member} has no <{element}>: settings are documented where they are declared.");
        var text = new StringBuilder();
        foreach (var node in found.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
                XElement other => other.Value,
                _ => ((XText)node).Value,
            });
        }

        return Spaces().Replace(text.ToString(), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
