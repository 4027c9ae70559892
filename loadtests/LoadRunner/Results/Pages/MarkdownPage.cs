using System.Text;

namespace CoPilot.LoadRunner.Results.Pages;

/// <summary>A page as Markdown, to be kept under <c>loadtests/results</c> or shown in a pull request; it has no pictures.</summary>
internal static class MarkdownPage
{
    public static string Write(Page page)
    {
        var text = new StringBuilder($"# {page.Title}\n\n**{(page.IsGood ? "Good" : "Failed")}.** {Escaped(page.Verdict)}\n");
        foreach (var block in page.Blocks)
        {
            text.Append(Write(block));
        }

        return text.ToString();
    }

    private static string Write(Block block) => block switch
    {
        Heading heading => $"\n## {heading.Text}\n",
        Paragraph paragraph => $"\n{Escaped(paragraph.Text)}\n",
        Warning warning => $"\n> **Mind:** {Escaped(warning.Text)}\n",
        Excerpt excerpt => "\n" + string.Concat(excerpt.Lines.Select(line => $"    {line.ReplaceLineEndings(" ")}\n")),
        Table table => "\n" + Write(table),
        _ => "",
    };

    public static string Write(Table table)
    {
        var text = new StringBuilder(table.Caption.Length > 0 ? $"{Escaped(table.Caption)}\n\n" : "");
        Add(text, table.Head);
        Add(text, table.Head.Select((_, column) => column < table.WordColumns ? "---" : "---:"));
        foreach (var row in table.Rows)
        {
            Add(text, row);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => Escaped(cell).Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    private static string Escaped(string text) =>
        text.ReplaceLineEndings(" ").Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
