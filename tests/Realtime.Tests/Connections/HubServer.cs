using CoPilot.Realtime.Connections;
using CoPilot.Realtime.MessagePack;
using CoPilot.Realtime.Transport;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Tests.Connections;

/// <summary>A real server on a loopback port with one hub that does nothing; <c>?user=</c> says who connects.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HubServer(WebApplication app) => _app = app;

    public HubConnections<SilentHub> Connections => _app.Services.GetRequiredService<HubConnections<SilentHub>>();

    public IHubContext<SilentHub> HubContext => _app.Services.GetRequiredService<IHubContext<SilentHub>>();

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<HubServer> StartAsync(LogWatcher log, TestMeters meters, HubConnectionLimits? limits = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<System.Diagnostics.Metrics.IMeterFactory>(meters);
        builder.Services.AddSingleton<IUserIdProvider, QueryUserIds>();
        builder.Services.AddSignalR().AddMessagePack();
        builder.Services.AddHubConnections<SilentHub>(limits);
        var app = builder.Build();
        app.MapDirectHub<SilentHub>("/hub");
        await app.StartAsync().Within();
        return new HubServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().Within();
        await _app.DisposeAsync();
    }

    internal sealed class SilentHub : Hub
    {
        public string WhoAmI() => Context.ConnectionId;
    }

    private sealed class QueryUserIds : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => connection.GetHttpContext()?.Request.Query["user"];
    }
}
