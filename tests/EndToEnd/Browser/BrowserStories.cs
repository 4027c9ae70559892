using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Browser;

/// <summary>
/// A class of stories in real browser windows. After each story its pages must have written no error and its server no warning; of a story that failed
/// there are pictures of its last moment and the server's log.
/// </summary>
public abstract class BrowserStories(BrowserFixture browser) : IAsyncDisposable
{
    private Stage? _stage;
    private RedisServer? _redis;

    public virtual async ValueTask DisposeAsync()
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
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    private protected async Task<Stage> OpenAsync(params string[] arguments) =>
        _stage = new Stage(browser, await ServerProcess.StartAsync(arguments));

    /// <summary>On a server that serves several stories, one after the other.</summary>
    private protected Stage OpenOn(ServerProcess server) => _stage = new Stage(browser, server) { KeepsServer = true };

    /// <summary>Two nodes on one Redis: the shop's pages use one, agents the other.</summary>
    private protected async Task<Stage> OpenOnTwoNodesAsync()
    {
        _redis = await RedisServer.StartDurableAsync();
        var nodes = await Task.WhenAll(
            ServerProcess.StartAsync(ServerSetup.Redis(_redis.Configuration)), ServerProcess.StartAsync(ServerSetup.Redis(_redis.Configuration)));
        return _stage = new Stage(browser, nodes[0], nodes[1]);
    }

    /// <summary>As <see cref="OpenOnTwoNodesAsync"/>. The piece of network in front of the agents' node can lead to the customers' one.</summary>
    private protected async Task<Stage> OpenOnTwoNodesBehindNetworkAsync(params string[] arguments)
    {
        _redis = await RedisServer.StartDurableAsync();
        string[] settings = [ServerSetup.Redis(_redis.Configuration), .. arguments];
        var agentsNode = await ServerProcess.StartBehindNetworkAsync([.. settings, "--NodeName=agents"]);
        var setup = new ServerSetup([.. settings, "--NodeName=customers"]) { AlsoAt = agentsNode.PublicAddress };
        return _stage = new Stage(browser, await ServerProcess.StartAsync(setup), agentsNode);
    }

    /// <summary>With a network in front of the server that can be cut.</summary>
    private protected async Task<Stage> OpenBehindNetworkAsync(params string[] arguments) =>
        _stage = new Stage(browser, await ServerProcess.StartBehindNetworkAsync(arguments));
}
