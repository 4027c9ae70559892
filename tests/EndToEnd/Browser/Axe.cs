using System.Text.Json;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>Runs axe-core on a page as it is now, shadow roots included.</summary>
internal static class Axe
{
    private static readonly string Source = File.ReadAllText(Checkout.File("node_modules/axe-core/axe.min.js"));

    /// <summary>Every finding that axe calls serious or critical.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        // Evaluated and not added as a script, which the pages' Content-Security-Policy would refuse.
        await page.EvaluateAsync(Source);
        var violations = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations");
        return [.. violations.EnumerateArray()
            .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(violation => $"{violation.GetProperty("help").GetString()} ({violation.GetProperty("id").GetString()}): {Nodes(violation)}")];
    }

    private static string Nodes(JsonElement violation) =>
        string.Join("; ", violation.GetProperty("nodes").EnumerateArray().Select(node => $"{node.GetProperty("target")} {node.GetProperty("failureSummary").GetString()}"));
}
