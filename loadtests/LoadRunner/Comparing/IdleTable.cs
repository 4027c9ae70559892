using System.Globalization;
using CoPilot.LoadRunner.Results;
using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Comparing;

/// <summary>What a connection on which nothing is said costs each system in memory.</summary>
internal static class IdleTable
{
    public static string Write(Comparison comparison)
    {
        var systems = comparison.Plan.Systems;
        var table = new MarkdownTable("system", "nodes", "KiB for each connection");
        foreach (var system in systems)
        {
            var runs = comparison.IdleOf(system);
            table.Add(system, Nodes(runs), SpreadCell.Write(Memory(comparison, system), runs.Count));
        }

        foreach (var peer in systems.Where(system => system != "copilot" && systems.Contains("copilot")))
        {
            table.Add($"copilot : {peer}", "", MarkdownTable.Ratio(Memory(comparison, "copilot").Median, Memory(comparison, peer).Median));
        }

        var title = string.Create(CultureInfo.InvariantCulture, $"Server memory of each of {comparison.Plan.Idle:N0} idle connections, all nodes together");
        return $"**{title}**\n\n{table}\nEverybody is connected, and at CoPilot signed in, and in no conversation; what the servers hold with nobody there is taken off. .NET collects its garbage before each reading, Node does not.\n";
    }

    private static Spread Memory(Comparison comparison, string system) => Spread.Of(comparison.IdleOf(system).Select(Comparison.IdleKibibytes));

    private static string Nodes(IReadOnlyList<RunResult> runs) => runs.Count == 0
        ? MarkdownTable.Number(double.NaN)
        : runs[0].Phases[^1].Processes.Count(process => process.Role == "server").ToString(CultureInfo.InvariantCulture);
}
