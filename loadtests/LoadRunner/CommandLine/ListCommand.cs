using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;

namespace CoPilot.LoadRunner.CommandLine;

/// <summary><c>list</c>: scenarios with their options and what these are unless said otherwise, and systems.</summary>
internal static class ListCommand
{
    public static string Write()
    {
        var lines = new List<string> { "Scenarios" };
        foreach (var name in ScenarioCatalog.Names)
        {
            var options = ScenarioOptions.None;
            lines.Add($"  {name,-14} {ScenarioCatalog.Create(name, options).What}");
            lines.Add($"  {"",-14} {string.Join(" ", options.InForce.Select(option => $"--{option.Key} {option.Value}"))}");
        }

        lines.Add("Systems");
        lines.Add($"  {string.Join(", ", SystemCatalog.Names)}");
        return string.Join('\n', lines);
    }
}
