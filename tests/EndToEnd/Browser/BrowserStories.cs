using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Browser;

/// <summary>
/// A class of stories in real browser windows. After each story its pages must have written no error and its server no warning; of a story that failed
/// there are pictures of its last moment and the server's log.
/// </summary>
public abstract class BrowserStories(BrowserFixture browser) : IAsyncDisposable
{
    private Stage? _stage;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_stage is null)
        {
            return;
        }

        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            await _stage.ReportAsync(TestContext.Current.TestMethod!.MethodName);
        }

        await _stage.DisposeAsync();
    }

    private protected async Task<Stage> OpenAsync(params string[] arguments) =>
        _stage = new Stage(browser, await ServerProcess.StartAsync(arguments));

    /// <summary>With a network in front of the server that can be cut.</summary>
    private protected async Task<Stage> OpenBehindNetworkAsync(params string[] arguments) =>
        _stage = new Stage(browser, await ServerProcess.StartBehindNetworkAsync(arguments));
}
