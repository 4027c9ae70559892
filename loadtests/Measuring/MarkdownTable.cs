using System.Globalization;
using System.Text;

namespace CoPilot.Measuring;

/// <summary>A table as the reports have them: the first column is text, numbers stand at the right.</summary>
public sealed class MarkdownTable
{
    private readonly StringBuilder _text = new();

    public MarkdownTable(params IEnumerable<string> head)
    {
        string[] names = [.. head];
        Add(names);
        Add(names.Select((_, column) => column == 0 ? "---" : "---:"));
    }

    public void Add(params IEnumerable<string> cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    public override string ToString() => _text.ToString();

    /// <summary>With as many digits as mean something; a dash for what was not measured.</summary>
    public static string Number(double value) => value switch
    {
        double.NaN => "–",
        >= 100 or <= -100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.ToString("N1", CultureInfo.InvariantCulture),
        _ => value.ToString("N2", CultureInfo.InvariantCulture),
    };

    /// <summary>How many times the other; a dash when one of them was not measured.</summary>
    public static string Ratio(double value, double other) => Number(other == 0 ? double.NaN : value / other);
}
