using CoPilot.LoadRunner.Results.Pages;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Tests.Results;

public sealed class RunReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Report_OnDisk_IsReadAsItWas()
    {
        var run = ResultSamples.Chat("copilot", deliveryMs: 4, serverCpuSeconds: 0.2);

        await RunReport.WriteAsync(run, _folder.Path);
        var read = await RunReport.ReadAsync(_folder.File("report.json"));

        Assert.Equal(run.Phases[1].Steps[0].Histogram, read.Phases[1].Steps[0].Histogram);
        Assert.Equal(run.Options, read.Options);
        Assert.Equal(run.Correctness with { Failures = [] }, read.Correctness with { Failures = [] });
    }

    [Fact]
    public void Markdown_OfAGoodRun_SaysSoWithItsFigures()
    {
        var text = MarkdownPage.Write(RunPage.Of(ResultSamples.Chat("copilot", deliveryMs: 4, serverCpuSeconds: 0.2)));

        Assert.Contains("**Good.** Nothing was lost, doubled or out of order.", text, StringComparison.Ordinal);
        Assert.Contains("| talk | delivery | 100 | 10.0 | 2 |", text, StringComparison.Ordinal);
        Assert.Contains("| talk | server | node1 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfARunThatLost_SaysThatItFailed()
    {
        var page = RunPage.Of(ResultSamples.Chat("copilot", deliveryMs: 4, serverCpuSeconds: 0.2, lost: 3));

        Assert.False(page.IsGood);
        Assert.Contains("**Failed.**", MarkdownPage.Write(page), StringComparison.Ordinal);
        Assert.Contains("✗ Failed.", HtmlPage.Write(page), StringComparison.Ordinal);
    }

    /// <summary>Texts of failures come from servers, and may hold anything.</summary>
    [Fact]
    public void Html_WithTextsFromElsewhere_HasNoMarkupOfTheirs()
    {
        var html = HtmlPage.Write(RunPage.Of(ResultSamples.Chat("copilot", deliveryMs: 4, serverCpuSeconds: 0.2, lost: 3)));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("&lt;refused&gt;", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
