using System.Globalization;

namespace CoPilot.LoadRunner.Results.Plots;

/// <summary>A picture of figures that stand in a table too.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">What can be seen in it, for those who cannot.</param>
internal abstract record Plot(string Title, string Description)
{
    public const double Width = 560;

    private const double Gap = 16;

    public abstract double Height { get; }

    /// <summary>Below its title, into a field of its size.</summary>
    public abstract void Draw(SvgWriter svg);

    /// <summary>For a page that has <see cref="PlotStyle.Css"/>.</summary>
    /// <param name="id">Unique on the page.</param>
    public string WriteInline(string id)
    {
        var svg = new SvgWriter();
        OpenRoot(svg, Width, Height, id, Title, Description);
        Draw(svg);
        svg.Close("svg");
        return svg.ToString();
    }

    /// <summary>A file by itself: its own look, light or dark, on a ground of its own; two plots beside each other.</summary>
    public static string WriteFile(string title, IReadOnlyList<Plot> plots)
    {
        Plot[][] rows = [.. plots.Chunk(2)];
        var width = rows.Max(row => row.Length) is var columns ? (columns * Width) + ((columns + 1) * Gap) : Width;
        var height = rows.Sum(row => row.Max(plot => plot.Height) + Gap) + Gap;
        var svg = new SvgWriter();
        OpenRoot(svg, width, height, "comparison", title, string.Join(' ', plots.Select(plot => $"{plot.Title}: {plot.Description}")));
        svg.Style(PlotStyle.Css);
        svg.Rectangle(0, 0, width, height, "ground");
        var y = Gap;
        foreach (var row in rows)
        {
            foreach (var (column, plot) in row.Index())
            {
                svg.Open("g", ("transform", string.Create(CultureInfo.InvariantCulture, $"translate({Gap + (column * (Width + Gap))} {y})")));
                svg.Text(0, 16, "heading", plot.Title);
                plot.Draw(svg);
                svg.Close("g");
            }

            y += row.Max(plot => plot.Height) + Gap;
        }

        svg.Close("svg");
        return svg.ToString();
    }

    private static void OpenRoot(SvgWriter svg, double width, double height, string id, string title, string description)
    {
        svg.Open(
            "svg",
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", "plot"),
            ("viewBox", $"0 0 {SvgWriter.Number(width)} {SvgWriter.Number(height)}"),
            ("role", "img"),
            ("aria-labelledby", $"{id}-title {id}-text"));
        svg.Written("title", title, ("id", $"{id}-title"));
        svg.Written("desc", description, ("id", $"{id}-text"));
    }
}
