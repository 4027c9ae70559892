using System.Globalization;
using System.Security.Claims;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.MessagePack;
using CoPilot.Realtime.Transport;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>A real server on a loopback port with one direct hub; <c>?user=</c> says who connects, <c>?lives=</c> for how many seconds of its clock they may.</summary>
internal sealed class DirectServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DirectServer(WebApplication app, ManualTimeProvider clock)
    {
        _app = app;
        Clock = clock;
    }

    /// <summary>By which tokens end; pings and what else is of the network go by the system's.</summary>
    public ManualTimeProvider Clock { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public HubConnections<EchoHub> Connections => _app.Services.GetRequiredService<HubConnections<EchoHub>>();

    /// <summary>Sockets that the transport still has, their closing included.</summary>
    public int Open => _app.Services.GetRequiredService<DirectConnections>().Count;

    /// <summary>Of <see cref="EchoHub.Note"/>'s lines.</summary>
    public IReadOnlyCollection<string> Scopes => _app.Services.GetServices<ILoggerProvider>().OfType<ScopeWatcher>().Single().Scopes;

    public EndCount Ends => _app.Services.GetRequiredService<EndCount>();

    public static async Task<DirectServer> StartAsync(LogWatcher log, Action<HubOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log).AddProvider(new ScopeWatcher(EchoHub.Noted));
        var clock = new ManualTimeProvider();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<EndCount>();
        builder.Services.AddSignalR(hub => configure?.Invoke(hub)).AddMessagePack();
        builder.Services.AddHubConnections<EchoHub>();
        var app = builder.Build();
        app.Use((context, next) => SignIn(context, clock, next));
        app.MapDirectHub<EchoHub>("/hub", connection =>
        {
            connection.Transports = HttpTransportType.WebSockets;
            connection.CloseOnAuthenticationExpiration = true;
            connection.WebSockets.CloseTimeout = TimeSpan.FromSeconds(2);
            connection.TransportSendTimeout = TimeSpan.FromSeconds(2);
        });
        await app.StartAsync().Within();
        return new DirectServer(app, clock);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().Within();
        await _app.DisposeAsync();
    }

    private static Task SignIn(HttpContext context, TimeProvider clock, Func<Task> next)
    {
        if (int.TryParse(context.Request.Query["lives"], CultureInfo.InvariantCulture, out var seconds))
        {
            var properties = new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow() + TimeSpan.FromSeconds(seconds) };
            var ticket = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity("test")), properties, "test");
            context.User = ticket.Principal;
            context.Features.Set<IAuthenticateResultFeature>(new Result { AuthenticateResult = AuthenticateResult.Success(ticket) });
        }

        return next();
    }

    /// <summary>What hubs saw when connections ended.</summary>
    internal sealed class EndCount
    {
        private int _count;
        private int _waiting;

        public int Count => Volatile.Read(ref _count);

        /// <summary>Calls that wait for their connection's end.</summary>
        public int Waiting => Volatile.Read(ref _waiting);

        public void Add() => Interlocked.Increment(ref _count);

        public void AddWaiting() => Interlocked.Increment(ref _waiting);
    }

    internal sealed class EchoHub(EndCount ends, ILogger<EchoHub> logger) : Hub
    {
        public const string Noted = "Noted.";

        public string WhoAmI() => Context.ConnectionId;

        public string Echo(string text) => text;

        public string Asked() => Context.GetHttpContext()!.Request.Query["user"]!;

        public bool IsSignedIn() => Context.User?.Identity?.IsAuthenticated == true;

        public void AskToLeave() => Context.Features.Get<IConnectionLifetimeNotificationFeature>()!.RequestClose();

        public void Cut() => Context.Abort();

        public Task WaitForEnd()
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Context.ConnectionAborted.UnsafeRegister(static end => ((TaskCompletionSource)end!).SetResult(), end);
            ends.AddWaiting();
            return end.Task;
        }

        /// <summary>Logs within the connection's scope.</summary>
        public void Note() => logger.Log(LogLevel.Information, default, Noted, null, static (text, _) => text);

        public override Task OnDisconnectedAsync(Exception? exception)
        {
            ends.Add();
            return base.OnDisconnectedAsync(exception);
        }
    }

    private sealed class Result : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }
}
