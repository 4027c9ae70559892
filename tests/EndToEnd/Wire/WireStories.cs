namespace CoPilot.EndToEnd.Wire;

/// <summary>A class of stories told over the wire alone. After each its server must have logged no warning; of a story that failed there is the server's log.</summary>
public abstract class WireStories : IAsyncDisposable
{
    private WireWorld? _world;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_world is null)
        {
            return;
        }

        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(_world.Server.Log.Text);
        }

        await _world.DisposeAsync();
    }

    private protected async Task<WireWorld> StartAsync(params string[] arguments) => _world = await WireWorld.StartAsync(arguments);
}
