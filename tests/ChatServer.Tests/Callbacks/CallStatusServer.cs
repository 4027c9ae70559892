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
        $"--Sites:{RunningServer.Site}:Callbacks:Dialer=webhook",
        $"--Sites:{RunningServer.Site}:Callbacks:Webhook:Url=https://voice.example{TelephonyProvider.Path}",
        $"--Sites:{RunningServer.Site}:Callbacks:Webhook:Secret={TelephonyProvider.Secret}",
    ];

    internal RunningServer Server { get; private set; } = null!;

    public TelephonyProvider Provider { get; } = new();

    internal RecordingCallStatusHandler Handler => (RecordingCallStatusHandler)Server.Services.GetRequiredService<ICallStatusHandler>();

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(
            settings: [.. Settings, .. await EngineSettingsAsync()], addServices: services => services.AddCallStatuses<RecordingCallStatusHandler>());
        Server.Log.Expect("/status could not reach its store");
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Server.DisposeAsync();
        await StopEngineAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string[]> EngineSettingsAsync();

    protected abstract ValueTask StopEngineAsync();
}

public sealed class SqliteCallStatusServer : CallStatusServer
{
    protected override Task<string[]> EngineSettingsAsync() => Task.FromResult<string[]>([]);

    protected override ValueTask StopEngineAsync() => ValueTask.CompletedTask;
}

public sealed class RedisCallStatusServer : CallStatusServer
{
    private RedisServer? _redis;

    protected override async Task<string[]> EngineSettingsAsync()
    {
        _redis = await RedisServer.StartDurableAsync();
        return [ServerSetup.Redis(_redis.Configuration), $"--Auth:SigningKey={RunningServer.IdentityKey}"];
    }

    protected override ValueTask StopEngineAsync() => _redis!.DisposeAsync();
}
