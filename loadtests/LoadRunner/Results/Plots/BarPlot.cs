using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Results.Plots;

/// <summary>Groups of bars that lie; each has its name on the left and its number on the right.</summary>
internal sealed record BarPlot(string Title, string Description, string Unit, IReadOnlyList<BarGroup> Groups) : Plot(Title, Description)
{
    private const double NameWidth = 150;
    private const double NumberWidth = 74;
    private const double BarWidth = Width - NameWidth - NumberWidth;
    private const double BarHeight = 18;
    private const double GroupHead = 26;
    private const double Begin = 40;

    public override double Height => Begin + Groups.Sum(group => GroupHead + (group.Bars.Count * BarHeight) + 8);

    public override void Draw(SvgWriter svg)
    {
        var largest = Groups.SelectMany(group => group.Bars).Select(bar => double.IsNaN(bar.Value) ? 0 : Math.Max(bar.Value, bar.Largest)).DefaultIfEmpty().Max();
        svg.Text(0, 34, "note", Unit);
        var y = Begin;
        foreach (var group in Groups)
        {
            svg.Text(0, y + 18, "group", group.Name);
            y += GroupHead;
            foreach (var (kind, bar) in group.Bars.Index())
            {
                DrawBar(svg, bar, kind % PlotStyle.Kinds, y, largest);
                y += BarHeight;
            }

            y += 8;
        }
    }

    private static void DrawBar(SvgWriter svg, Bar bar, int kind, double y, double largest)
    {
        svg.Text(NameWidth - 8, y + 13, "end", bar.Name);
        if (double.IsNaN(bar.Value))
        {
            svg.Text(NameWidth + 2, y + 13, "note", "not measured");
            return;
        }

        var scale = largest > 0 ? BarWidth / largest : 0;
        svg.Rectangle(NameWidth, y + 3, bar.Value * scale, BarHeight - 6, $"f{kind}");
        var (from, to) = (NameWidth + (bar.Smallest * scale), NameWidth + (bar.Largest * scale));
        if (to - from >= 1)
        {
            var middle = y + (BarHeight / 2);
            svg.Path($"M{SvgWriter.Number(from)} {SvgWriter.Number(middle)}H{SvgWriter.Number(to)}m0 -4v8M{SvgWriter.Number(from)} {SvgWriter.Number(middle - 4)}v8", "spread");
        }

        svg.Text(Math.Max(NameWidth + (bar.Value * scale), to) + 6, y + 13, "value", MarkdownTable.Number(bar.Value));
    }
}

internal sealed record BarGroup(string Name, IReadOnlyList<Bar> Bars);

/// <param name="Value">Not a number when it was not measured.</param>
/// <param name="Smallest">Of all repeats, as <paramref name="Largest"/>.</param>
internal sealed record Bar(string Name, double Value, double Smallest, double Largest);
