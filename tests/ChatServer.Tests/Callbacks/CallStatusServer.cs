using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>A server whose site has a provider, and that provider, for the tests of one class, which follow each other.</summary>
public abstract class CallStatusServer : IAsyncLifetime
{
    internal const string NoWebhookSite = RunningServer.OtherSite;

    internal static readonly string[] Settings =
    [
        $"--Sites:{RunningServer.Site}:Callbacks:Prefixes:0=+31",
        $"--Sites:{RunningServer.Site}:Callbacks:Dialer=webhook",
        $"--Sites:{RunningServer.Site}:Callbacks:Webhook:Url=https://voice.example{TelephonyProvider.Path}",
        $"--Sites:{RunningServer.Site}:Callbacks:Webhook:Secret={TelephonyProvider.Secret}",
    ];

    internal RunningServer Server { get; private set; } = null!;

    public TelephonyProvider Provider { get; } = new();

    internal RecordingCallStatusHandler Handler => HandlerOf(Server);

    internal static RecordingCallStatusHandler HandlerOf(RunningServer server) =>
        (RecordingCallStatusHandler)server.Services.GetRequiredService<ICallStatusHandler>();

    internal Task<RunningServer> StartNodeAsync() => RunningServer.StartAsync(
        settings: [.. Settings, .. EngineSettings], addServices: services => services.AddCallStatuses<RecordingCallStatusHandler>());

    public async ValueTask InitializeAsync()
    {
        await StartEngineAsync();
        Server = await StartNodeAsync();
        Server.Log.Expect("/status could not reach its store");
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Server.DisposeAsync();
        await StopEngineAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract IReadOnlyList<string> EngineSettings { get; }

    protected abstract Task StartEngineAsync();

    protected abstract ValueTask StopEngineAsync();
}

public sealed class SqliteCallStatusServer : CallStatusServer
{
    protected override IReadOnlyList<string> EngineSettings => [];

    protected override Task StartEngineAsync() => Task.CompletedTask;

    protected override ValueTask StopEngineAsync() => ValueTask.CompletedTask;
}

public sealed class RedisCallStatusServer : CallStatusServer
{
    private RedisServer? _redis;

    protected override IReadOnlyList<string> EngineSettings =>
        [ServerSetup.Redis(_redis!.Configuration), $"--Auth:SigningKey={RunningServer.IdentityKey}"];

    protected override async Task StartEngineAsync() => _redis = await RedisServer.StartDurableAsync();

    protected override ValueTask StopEngineAsync() => _redis!.DisposeAsync();
}
