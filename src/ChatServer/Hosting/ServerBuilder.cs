using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CoPilot.ChatServer.Hosting;

/// <summary>The host before any feature: where its files are, what it listens on, how much it reads, what it logs.</summary>
internal static class ServerBuilder
{
    /// <summary>Requests here carry a few hundred bytes; hub messages have a limit of their own.</summary>
    private const int RequestBodyBytes = 32 * 1024;

    private static readonly TimeSpan RequestHeadersTimeout = TimeSpan.FromSeconds(10);

    public static WebApplicationBuilder Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot() });
        if (string.IsNullOrEmpty(builder.Configuration["Urls"]))
        {
            builder.WebHost.UseUrls(ServerOptions.DefaultUrls);
        }

        builder.WebHost.ConfigureKestrel(LimitRequests);

        // What a socket received goes on in the thread that received it (SocketThreads says which), and what is written is sent by the thread that wrote it. Unsafe where
        // that thread is blocked; here none is.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.Logging.HideTokens();
        builder.Services.AddSingleton(SilenceStartErrors(builder.Logging));
        return builder;
    }

    /// <summary>What every feature may count on.</summary>
    public static IServiceCollection AddServer(this IServiceCollection services)
    {
        services.AddConfigured<ServerOptions>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ServerAddresses>();
        services.AddSingleton<Node>();
        services.AddSingleton<StoreOutages>();
        services.AddSingleton(Assets.BesideProgram);
        services.AddTrustedProxies();
        services.AddRateLimits();

        // A body that is no JSON is the caller's mistake, in Development too.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, Contracts.WireJson.Default));
        return services;
    }

    /// <summary>
    /// Not the working directory, which is wherever the server was started from: the folder of the program, or that of its project when it runs
    /// from the build output, so that the data outlives a clean build.
    /// </summary>
    private static string ContentRoot()
    {
        var program = AppContext.BaseDirectory;
        var project = Path.GetFullPath(Path.Combine(program, "..", "..", ".."));
        return File.Exists(Path.Combine(project, "ChatServer.csproj")) ? project : program;
    }

    /// <summary>The framework logs a start that failed, with stacks; <see cref="ServerRun"/> says it in one line.</summary>
    private static StartPhase SilenceStartErrors(ILoggingBuilder logging)
    {
        var phase = new StartPhase();
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && phase.IsOver);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => level >= LogLevel.Warning && phase.IsOver);
        return phase;
    }

    private static void LimitRequests(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = RequestHeadersTimeout;
    }
}
