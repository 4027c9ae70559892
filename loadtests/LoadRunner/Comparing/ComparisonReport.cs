using System.Globalization;
using System.Text;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Results.Plots;
using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Comparing;

/// <summary>A comparison for people: one table for each figure, and one picture that a README can show.</summary>
internal static class ComparisonReport
{
    private static readonly (string Title, Func<RunResult, double> Figure)[] Figures =
    [
        ("Server CPU for each message delivered, microseconds, all nodes together", Comparison.ServerMicroseconds),
        ("Redis CPU for each message delivered, microseconds", Comparison.RedisMicroseconds),
        ("Acknowledged, median, ms", Comparison.AckP50),
        ("Acknowledged, p99, ms", Comparison.AckP99),
        ("Delivered, median, ms", Comparison.DeliveryP50),
        ("Delivered, p99, ms", Comparison.DeliveryP99),
        ("How late the generator itself was, p99, ms", Comparison.LatenessP99),
        ("Lost, share of what was said", Comparison.LostShare),
    ];

    public static async Task WriteAsync(string folder, Comparison comparison)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "comparison.md"), Text(comparison));
        await File.WriteAllTextAsync(Path.Combine(folder, "comparison.svg"), Picture(comparison));
    }

    public static string Text(Comparison comparison)
    {
        var (text, plan) = (new StringBuilder(), comparison.Plan);
        foreach (var (title, figure) in Figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"**{title}**\n\n{Table(comparison, figure)}\n");
        }

        var highest = new MarkdownTable("system", string.Create(CultureInfo.InvariantCulture, $"highest rate tried with delivery p99 below {Comparison.FastMs} ms and nothing lost"));
        foreach (var system in plan.Systems)
        {
            highest.Add(system, comparison.HighestFastRate(system) is { } rate ? MarkdownTable.Number(rate) : "none");
        }

        text.Append(CultureInfo.InvariantCulture, $"{highest}\nMedians of {plan.Repeats} repeats, with the smallest and the largest; order A B B A. ");
        text.Append(CultureInfo.InvariantCulture, $"Ratios are to plain SignalR and to socket.io with its Redis adapter at the same rate. † the generator was late by more than {Comparison.LateMs} ms (p99): latencies there are its own.\n\n");
        if (plan.Idle > 0)
        {
            text.Append(IdleTable.Write(comparison)).Append('\n');
        }

        if (plan.KillRate > 0)
        {
            text.Append(LossTable.Write(comparison)).Append('\n');
        }

        foreach (var machine in comparison.Runs.Select(run => $"{run.Result.Machine} Commit {run.Result.Commit}.").Distinct())
        {
            text.Append(machine).Append('\n');
        }

        return text.ToString();
    }

    private static MarkdownTable Table(Comparison comparison, Func<RunResult, double> figure)
    {
        var plan = comparison.Plan;
        var table = new MarkdownTable(["system", .. plan.Rates.Select(rate => string.Create(CultureInfo.InvariantCulture, $"{rate:N0}/s"))]);
        foreach (var system in plan.Systems)
        {
            table.Add([system, .. plan.Rates.Select(rate => Cell(comparison, system, rate, figure))]);
        }

        foreach (var peer in plan.Systems.Where(system => system is "signalr" or "signalr-inline" or "socketio-redis"))
        {
            if (plan.Systems.Contains("copilot") && plan.Rates.Any(rate => !double.IsNaN(comparison.Of(peer, rate, figure).Median)))
            {
                table.Add([$"copilot : {peer}", .. plan.Rates.Select(rate =>
                    MarkdownTable.Ratio(comparison.Of("copilot", rate, figure).Median, comparison.Of(peer, rate, figure).Median))]);
            }
        }

        return table;
    }

    private static string Cell(Comparison comparison, string system, double rate, Func<RunResult, double> figure)
    {
        var spread = comparison.Of(system, rate, figure);
        if (double.IsNaN(spread.Median))
        {
            return MarkdownTable.Number(double.NaN);
        }

        var late = comparison.Of(system, rate, Comparison.LatenessP99).Median > Comparison.LateMs ? " †" : "";
        return SpreadCell.Write(spread, comparison.CountOf(system, rate)) + late;
    }

    private static string Picture(Comparison comparison) => Plot.WriteFile(
        "What a delivered message costs",
        [
            Bars(comparison, "Server CPU", "microseconds for each message delivered", Comparison.ServerMicroseconds),
            Bars(comparison, "Delivery, p99", "milliseconds from the intended moment", Comparison.DeliveryP99) with { IsLogarithmic = true },
        ]);

    private static BarPlot Bars(Comparison comparison, string title, string unit, Func<RunResult, double> figure) => new(
        title,
        $"Bars for {string.Join(", ", comparison.Plan.Systems)} at each rate; the table has the numbers.",
        unit,
        [.. comparison.Plan.Rates.Select(rate => new BarGroup(
            string.Create(CultureInfo.InvariantCulture, $"{rate:N0} messages a second"),
            [.. comparison.Plan.Systems.Select(system => (system, spread: comparison.Of(system, rate, figure)))
                .Select(each => new Bar(each.system, each.spread.Median, each.spread.Smallest, each.spread.Largest))]))]);
}
