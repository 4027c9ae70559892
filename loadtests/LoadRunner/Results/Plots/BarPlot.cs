using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Results.Plots;

/// <summary>Groups of bars that lie, over one axis; each has its name on the left and its number on the right.</summary>
internal sealed record BarPlot(string Title, string Description, string Unit, IReadOnlyList<BarGroup> Groups) : Plot(Title, Description)
{
    private const double NameWidth = 150;
    private const double NumberWidth = 74;
    private const double BarWidth = Width - NameWidth - NumberWidth;
    private const double BarHeight = 18;
    private const double GroupHead = 26;
    private const double Begin = 40;
    private const double TickRoom = 20;

    /// <summary>For what lies far apart, such as latencies of systems of which one is overloaded: equal lengths are equal ratios.</summary>
    public bool IsLogarithmic { get; init; }

    public override double Height => Begin + Groups.Sum(group => GroupHead + (group.Bars.Count * BarHeight) + 8) + TickRoom;

    public override void Draw(SvgWriter svg)
    {
        var axis = MakeAxis();
        svg.Text(0, 34, "note", axis.Title);
        var y = Begin;
        foreach (var group in Groups)
        {
            svg.Text(0, y + 18, "group", group.Name);
            y += GroupHead;
            DrawGrid(svg, axis, y, group.Bars.Count * BarHeight);
            foreach (var (kind, bar) in group.Bars.Index())
            {
                DrawBar(svg, bar, kind % PlotStyle.Kinds, y, axis);
                y += BarHeight;
            }

            y += 8;
        }

        foreach (var (value, label) in axis.Ticks)
        {
            svg.Text(At(axis, value), y + 10, "tick middle", label);
        }
    }

    private Axis MakeAxis()
    {
        double[] values = [.. Groups.SelectMany(group => group.Bars)
            .SelectMany(bar => (double[])[bar.Value, bar.Smallest, bar.Largest])
            .Where(value => value > 0)];

        // From half of the smallest, so that the shortest bar is seen too.
        return IsLogarithmic && values.Length > 0
            ? new LogAxis(Unit + ", logarithmic", values.Min() / 2, values.Max())
            : new LinearAxis(Unit, values.DefaultIfEmpty().Max());
    }

    private static double At(Axis axis, double value) => NameWidth + (axis.Place(value) * BarWidth);

    private static void DrawGrid(SvgWriter svg, Axis axis, double y, double height)
    {
        foreach (var (value, _) in axis.Ticks)
        {
            svg.Line(At(axis, value), y, At(axis, value), y + height, "grid");
        }
    }

    private static void DrawBar(SvgWriter svg, Bar bar, int kind, double y, Axis axis)
    {
        svg.Text(NameWidth - 8, y + 13, "end", bar.Name);
        if (double.IsNaN(bar.Value))
        {
            svg.Text(NameWidth + 2, y + 13, "note", "not measured");
            return;
        }

        var end = At(axis, bar.Value);
        svg.Rectangle(NameWidth, y + 3, end - NameWidth, BarHeight - 6, $"f{kind}");
        var (from, to) = (At(axis, bar.Smallest), At(axis, bar.Largest));
        if (to - from >= 1)
        {
            var middle = y + (BarHeight / 2);
            svg.Path($"M{SvgWriter.Number(from)} {SvgWriter.Number(middle)}H{SvgWriter.Number(to)}m0 -4v8M{SvgWriter.Number(from)} {SvgWriter.Number(middle - 4)}v8", "spread");
        }

        svg.Text(Math.Max(end, to) + 6, y + 13, "value", MarkdownTable.Number(bar.Value));
    }
}

internal sealed record BarGroup(string Name, IReadOnlyList<Bar> Bars);

/// <param name="Value">Not a number when it was not measured.</param>
/// <param name="Smallest">Of all repeats, as <paramref name="Largest"/>.</param>
internal sealed record Bar(string Name, double Value, double Smallest, double Largest);
