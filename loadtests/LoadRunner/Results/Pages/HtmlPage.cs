using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CoPilot.LoadRunner.Results.Pages;

/// <summary>A page by itself: no script, nothing from the network, and a policy that says so; the only style that it allows is its own, by its hash.</summary>
internal static class HtmlPage
{
    public static string Write(Page page)
    {
        var css = HtmlStyle.Css;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)));
        var text = new StringBuilder($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Escaped(page.Title)}</title>
            <style>{css}</style>
            </head>
            <body>
            <main>
            <h1>{Escaped(page.Title)}</h1>
            <p class="verdict {(page.IsGood ? "good" : "bad")}"><strong>{(page.IsGood ? "✓ Good." : "✗ Failed.")}</strong> {Escaped(page.Verdict)}</p>

            """);
        foreach (var (number, blocks) in InRows(page.Blocks).Index())
        {
            text.Append(Write(blocks, number));
        }

        return text.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Pictures that follow each other stand beside each other where there is room.</summary>
    private static List<List<Block>> InRows(IReadOnlyList<Block> blocks)
    {
        var rows = new List<List<Block>>();
        foreach (var block in blocks)
        {
            if (block is Picture && rows.LastOrDefault()?[0] is Picture)
            {
                rows[^1].Add(block);
            }
            else
            {
                rows.Add([block]);
            }
        }

        return rows;
    }

    private static string Write(List<Block> row, int number) => row[0] switch
    {
        Picture => $"<div class=\"pictures\">\n{string.Concat(row.Cast<Picture>().Select((each, index) => Write(each, $"p{number}-{index}")))}</div>\n",
        Heading heading => $"<h2>{Escaped(heading.Text)}</h2>\n",
        Paragraph paragraph => $"<p>{Escaped(paragraph.Text)}</p>\n",
        Warning warning => $"<p class=\"warning\"><strong>Mind:</strong> {Escaped(warning.Text)}</p>\n",
        Excerpt excerpt => $"<pre tabindex=\"0\">{Escaped(string.Join('\n', excerpt.Lines))}</pre>\n",
        Table table => Write(table, number),
        var other => throw new ArgumentException($"There is no way to write {other}.", nameof(row)),
    };

    private static string Write(Picture picture, string id) =>
        $"<figure><figcaption>{Escaped(picture.Plot.Title)}</figcaption><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{Escaped(picture.Plot.Title)}\">\n"
        + $"{picture.Plot.WriteInline(id)}</div></figure>\n";

    /// <summary>It scrolls by itself when the screen is narrow, by keyboard too.</summary>
    private static string Write(Table table, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{number}");
        var text = new StringBuilder(table.Caption.Length > 0
            ? $"<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{name}\">\n<table>\n<caption id=\"{name}\">{Escaped(table.Caption)}</caption>\n"
            : "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\n<table>\n");
        text.Append("<thead><tr>").AppendJoin("", table.Head.Select((cell, column) => Cell("th scope=\"col\"", "th", cell, column, table))).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            text.Append("<tr>").AppendJoin("", row.Select((cell, column) =>
                column == 0 ? Cell("th scope=\"row\"", "th", cell, column, table) : Cell("td", "td", cell, column, table))).Append("</tr>\n");
        }

        return text.Append("</tbody>\n</table>\n</div>\n").ToString();
    }

    private static string Cell(string open, string close, string text, int column, Table table) =>
        $"<{open}{(column < table.WordColumns ? " class=\"word\"" : "")}>{Escaped(text)}</{close}>";

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
