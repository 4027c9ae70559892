using CoPilot.Realtime.Connections;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.Realtime.Tests.Backplane;

public sealed class SingleNodeLifetimeManagerTests : LifetimeManagerSpecification
{
    private readonly LogWatcher _log = new();
    private readonly TestMeters _meters = new();
    private readonly RegisteringLifetimeManager<TestHub> _manager;

    public SingleNodeLifetimeManagerTests()
    {
        var connections = new HubConnections<TestHub>(HubConnectionLimits.Default, new HubConnectionMetrics(_meters), _log.For<HubConnections<TestHub>>());
        _manager = new RegisteringLifetimeManager<TestHub>(connections, _log.For<DefaultHubLifetimeManager<TestHub>>());
    }

    private protected override HubLifetimeManager<TestHub> Manager => _manager;

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _meters.Dispose();
        _log.Dispose();
    }
}
