using System.Net;
using System.Threading.Channels;
using CoPilot.HubClient;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>Two real servers with any application's hub, and SignalR's own client on each.</summary>
public sealed class TwoApplicationsTests : IAsyncLifetime
{
    private readonly LogWatcher _log = new();
    private RedisServer _redis = null!;
    private WebApplication _one = null!;
    private WebApplication _two = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _one = await StartAsync("one", services => services.AddHubConnections<TalkHub>());
        _two = await StartAsync("two", _ => { });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { _one, _two })
        {
            await app.StopAsync().Within();
            await app.DisposeAsync();
        }

        // Of nodes that stop nothing stays.
        Assert.Empty((await _redis.KeysAsync()).Except(["copilot-test:{nodes}:live"]));
        await _redis.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Clients_OnTwoApplications_TalkAsOnOne()
    {
        await using var ada = await ConnectAsync(_one, "ada");
        await using var grace = await ConnectAsync(_two, "grace");
        var heard = Listen(grace);

        await grace.InvokeAsync("Join", "group").Within();
        await ada.InvokeAsync("Join", "group").Within();
        await ada.InvokeAsync("TellGroup", "group", "to the group").Within();
        await ada.InvokeAsync("TellUser", "grace", "to grace").Within();
        await ada.InvokeAsync("TellAll", "to all").Within();
        foreach (var words in new[] { "to the group", "to grace", "to all" })
        {
            Assert.Equal(words, await heard.ReadAsync().AsTask().Within());
        }

        grace.On("Ask", (int number) => number + 1);
        var answer = await ada.InvokeAsync<int>("Ask", await grace.InvokeAsync<string>("WhoAmI").Within(), 41).Within();
        Assert.Equal(42, answer);

        // The application joins somebody who is on the other node.
        var hub = _one.Services.GetRequiredService<IHubContext<TalkHub>>();
        await hub.Groups.AddToGroupAsync(await grace.InvokeAsync<string>("WhoAmI").Within(), "late").Within();
        await hub.Clients.Group("late").SendAsync("Told", "to the late").Within();
        Assert.Equal("to the late", await heard.ReadAsync().AsTask().Within());
    }

    private async Task<WebApplication> StartAsync(string name, Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddRedis(new RedisSettings(_redis.Configuration, "copilot-test"), name);
        builder.Services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 2).AddRedisBackplane();
        builder.Services.AddSingleton<IUserIdProvider, QueryUserIds>();
        configure(builder.Services);
        var app = builder.Build();
        app.MapHub<TalkHub>("/hub");
        await app.StartAsync().Within();
        await Eventually.TrueAsync(() => app.Services.GetRequiredService<NodeBus>().IsReady);
        return app;
    }

    private static async Task<HubConnection> ConnectAsync(WebApplication app, string user)
    {
        var server = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IHubProtocol>(new JsonHubProtocol());
        builder.Services.AddSingleton<IConnectionFactory>(new WebSocketConnectionFactory(TransferFormat.Text));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(new UriBuilder(server) { Scheme = "ws", Path = "/hub", Query = "user=" + user }.Uri));
        var connection = builder.Build();
        await connection.StartAsync().Within();
        return connection;
    }

    private static ChannelReader<string> Listen(HubConnection connection)
    {
        var heard = Channel.CreateUnbounded<string>();
        connection.On("Told", (string words) => heard.Writer.TryWrite(words));
        return heard.Reader;
    }

    internal sealed class TalkHub : Hub
    {
        public string WhoAmI() => Context.ConnectionId;

        public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);

        public Task TellGroup(string group, string words) => Clients.OthersInGroup(group).SendAsync("Told", words);

        public Task TellUser(string user, string words) => Clients.User(user).SendAsync("Told", words);

        public Task TellAll(string words) => Clients.All.SendAsync("Told", words);

        public Task<int> Ask(string connectionId, int number) =>
            Clients.Client(connectionId).InvokeAsync<int>("Ask", number, Context.ConnectionAborted);
    }

    private sealed class QueryUserIds : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => connection.GetHttpContext()?.Request.Query["user"];
    }
}
