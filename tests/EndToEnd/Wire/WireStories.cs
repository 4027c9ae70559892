using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>A class of stories told over the wire alone. In the end its servers must have logged no warning; of a story that failed there are the servers' logs.</summary>
/// <param name="nodes">Those that the class shares; a story that they are not for starts a server of its own.</param>
public abstract class WireStories(WireNodes? nodes = null) : IAsyncDisposable
{
    private WireWorld? _world;
    private ServerProcess? _own;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_world is null)
        {
            return;
        }

        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            foreach (var node in _world.Nodes)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(node.Log.Text);
            }
        }

        await _world.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }

    /// <summary>A world on the class's nodes.</summary>
    private protected WireWorld Open() => _world = new WireWorld(nodes!.All);

    /// <summary>The world that the story opened or started.</summary>
    private protected WireWorld World => _world!;

    private protected async Task<WireWorld> StartAsync(params string[] arguments) => _world = new WireWorld([_own = await ServerProcess.StartAsync(arguments)]);
}
