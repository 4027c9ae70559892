using System.Text.Json;

namespace CoPilot.LoadRunner.Results.Pages;

/// <summary>A run's report on disk: JSON for programs, Markdown for repositories, HTML for eyes.</summary>
internal static class RunReport
{
    public static async Task WriteAsync(RunResult run, string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(run, ResultsJson.Default.RunResult));
        var page = RunPage.Of(run);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), MarkdownPage.Write(page));
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), HtmlPage.Write(page));
    }

    /// <exception cref="JsonException">It is no report.</exception>
    public static async Task<RunResult> ReadAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync(stream, ResultsJson.Default.RunResult) ?? throw new JsonException($"{file} is empty.");
    }
}
