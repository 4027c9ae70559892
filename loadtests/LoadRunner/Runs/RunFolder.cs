using System.Globalization;
using System.Text.Json;
using CoPilot.LoadRunner.Results;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Runs;

/// <summary>Where a run leaves its report.</summary>
internal static class RunFolder
{
    /// <param name="asked">Empty when nobody said.</param>
    public static string Choose(string asked, string scenario) => asked.Length > 0
        ? Path.GetFullPath(asked)
        : Checkout.File(string.Create(
            CultureInfo.InvariantCulture, $"artifacts/loadtests/{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}-{scenario}"));

    public static async Task WriteAsync(string folder, RunResult result)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(result, ResultsJson.Default.RunResult));
    }
}
