using System.Text;

namespace CoPilot.LoadRunner.Results.Plots;

/// <summary>Lines over two axes.</summary>
/// <param name="Bands">Stretches of the x axis that are something else, such as a warm-up.</param>
internal sealed record LinePlot(string Title, string Description, Axis X, Axis Y, IReadOnlyList<PlottedLine> Lines, IReadOnlyList<PlottedBand>? Bands = null)
    : Plot(Title, Description)
{
    /// <summary>Of a note, about; a name that has no room is left to the table.</summary>
    private const double LetterWidth = 7;
    private const double Left = 62;
    private const double FieldWidth = Width - Left - 20;
    private const double FieldHeight = 210;
    private const double RowHeight = 20;
    private const int Marks = 9;

    public override double Height => Top + FieldHeight + 48;

    private double Top => 32 + (RowHeight * Legend().Max(entry => entry.Row + 1));

    private double Bottom => Top + FieldHeight;

    public override void Draw(SvgWriter svg)
    {
        DrawBands(svg);
        DrawAxes(svg);
        DrawLegend(svg);
        foreach (var (kind, line) in Lines.Index())
        {
            DrawLine(svg, line, kind % PlotStyle.Kinds);
        }
    }

    private double AtX(double value) => Left + (X.Place(value) * FieldWidth);

    private double AtY(double value) => Bottom - (Y.Place(value) * FieldHeight);

    private void DrawBands(SvgWriter svg)
    {
        foreach (var band in Bands ?? [])
        {
            var width = AtX(band.To) - AtX(band.From);
            svg.Rectangle(AtX(band.From), Top, width, FieldHeight, "band");
            if (width > band.Name.Length * LetterWidth)
            {
                svg.Text(AtX(band.From) + 4, Top + 14, "note", band.Name);
            }
        }
    }

    private void DrawAxes(SvgWriter svg)
    {
        foreach (var (value, label) in Y.Ticks)
        {
            svg.Line(Left, AtY(value), Left + FieldWidth, AtY(value), "grid");
            svg.Text(Left - 8, AtY(value) + 4, "tick end", label);
        }

        foreach (var (value, label) in X.Ticks)
        {
            svg.Line(AtX(value), Bottom, AtX(value), Bottom + 5, "axis");
            svg.Text(AtX(value), Bottom + 20, "tick middle", label);
        }

        svg.Line(Left, Bottom, Left + FieldWidth, Bottom, "axis");
        svg.Text(Left + (FieldWidth / 2), Bottom + 40, "note middle", X.Title);
        svg.TextUpwards(13, Top + (FieldHeight / 2), "note middle", Y.Title);
    }

    private void DrawLegend(SvgWriter svg)
    {
        foreach (var (kind, entry) in Legend().Index())
        {
            var y = 38 + (entry.Row * RowHeight);
            svg.Path($"M{SvgWriter.Number(entry.X)} {SvgWriter.Number(y)}h34", $"line k{kind % PlotStyle.Kinds}");
            DrawMark(svg, entry.X + 17, y, kind % PlotStyle.Kinds);
            svg.Text(entry.X + 42, y + 4, "name", Lines[kind].Name);
        }
    }

    /// <summary>Where each name stands; as nothing measures the text, letters count as rather wide.</summary>
    private List<(double X, int Row)> Legend()
    {
        var places = new List<(double X, int Row)>();
        var (x, row) = (Left, 0);
        foreach (var line in Lines)
        {
            var width = 60 + (line.Name.Length * 7.5);
            if (x > Left && x + width > Width)
            {
                (x, row) = (Left, row + 1);
            }

            places.Add((x, row));
            x += width;
        }

        return places.Count == 0 ? [(Left, 0)] : places;
    }

    private void DrawLine(SvgWriter svg, PlottedLine line, int kind)
    {
        var path = new StringBuilder();
        var isOpen = false;
        foreach (var (x, y) in line.Points)
        {
            if (double.IsNaN(y))
            {
                isOpen = false;
                continue;
            }

            path.Append(isOpen ? 'L' : 'M').Append(SvgWriter.Number(AtX(x))).Append(' ').Append(SvgWriter.Number(AtY(y)));
            isOpen = true;
        }

        svg.Path(path.ToString(), $"line k{kind}");
        (double X, double Y)[] points = [.. line.Points.Where(point => !double.IsNaN(point.Y))];
        for (var index = 0; index < points.Length; index += Math.Max(1, points.Length / Marks))
        {
            DrawMark(svg, AtX(points[index].X), AtY(points[index].Y), kind);
        }
    }

    private static void DrawMark(SvgWriter svg, double x, double y, int kind)
    {
        var shape = kind switch
        {
            0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
            1 => "m-4 -4h8v8h-8z",
            2 => "m0 -5l5 9h-10z",
            3 => "m0 -5l5 5l-5 5l-5 -5z",
            _ => "m0 5l5 -9h-10z",
        };
        svg.Path($"M{SvgWriter.Number(x)} {SvgWriter.Number(y)}{shape}", $"mark f{kind}");
    }
}

internal sealed record PlottedLine(string Name, IReadOnlyList<(double X, double Y)> Points);

internal sealed record PlottedBand(string Name, double From, double To);
