using System.Globalization;
using System.Xml.Linq;
using CoPilot.LoadRunner.Results.Plots;

namespace CoPilot.LoadRunner.Tests.Results;

public sealed class BarPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>One system that is overloaded hides no other.</summary>
    [Fact]
    public void WriteInline_OfLogarithmicBars_MakesEqualRatiosEqualLengths()
    {
        var plot = Read(Bars(5, 50, 5_000) with { IsLogarithmic = true });

        var widths = WidthsOf(plot);
        Assert.All(widths, width => Assert.True(width > 10));
        Assert.Equal(2 * (widths[1] - widths[0]), widths[2] - widths[1], 1);
        Assert.Equal(["1", "10", "100", "1,000", "10,000"], TextsOf(plot, "tick middle"));
        Assert.Equal(["5.00", "50.0", "5,000"], TextsOf(plot, "value"));
        Assert.Contains("ms, logarithmic", TextsOf(plot, "note"));
    }

    [Fact]
    public void WriteInline_OfOtherBars_MakesEqualDifferencesEqualLengths()
    {
        var plot = Read(Bars(100, 200, 400));

        var widths = WidthsOf(plot);
        Assert.Equal(2 * widths[0], widths[1], 1);
        Assert.Equal(4 * widths[0], widths[2], 1);
        Assert.Equal(["0", "100", "200", "300", "400"], TextsOf(plot, "tick middle"));
    }

    [Fact]
    public void WriteInline_OfLogarithmicBarsOfWhichOneWasNotMeasured_SaysSo()
    {
        var plot = Read(Bars(double.NaN, 20) with { IsLogarithmic = true });

        Assert.Single(WidthsOf(plot));
        Assert.Contains("not measured", TextsOf(plot, "note"));
        Assert.Empty(WidthsOf(Read(Bars(double.NaN) with { IsLogarithmic = true })));
    }

    private static BarPlot Bars(params double[] values) => new(
        "Latency", "Bars.", "ms", [new BarGroup("1,000 a second", [.. values.Select((value, index) => new Bar($"system {index}", value, value, value))])]);

    private static XElement Read(BarPlot plot) => XElement.Parse(plot.WriteInline("plot"));

    private static double[] WidthsOf(XElement plot) =>
        [.. plot.Elements(Svg + "rect").Select(bar => double.Parse(bar.Attribute("width")!.Value, CultureInfo.InvariantCulture))];

    private static string[] TextsOf(XElement plot, string style) =>
        [.. plot.Elements(Svg + "text").Where(text => text.Attribute("class")!.Value == style).Select(text => text.Value)];
}
