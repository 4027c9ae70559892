using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.ContactOptions;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.CoPilot;
using CoPilot.ChatServer.DemoShop;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Hubs;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Supervision;
using CoPilot.ChatServer.Telemetry;
using CoPilot.CoBrowse.Hosting;

namespace CoPilot.ChatServer;

/// <summary>Table of contents: every feature in one line, each an extension method in the feature's own folder.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (args is ["agents", .. var words])
            {
                return await AgentsCommand.RunAsync(words, Console.In, Console.Out, Console.Error);
            }

            if (args is ["sessions", .. var about])
            {
                return await SessionsCommand.RunAsync(about, Console.Out, Console.Error);
            }

            if (args is ["supervision", .. var done])
            {
                return await SupervisionCommand.RunAsync(done, Console.Out, Console.Error);
            }

            await using var app = Create(args);
            await app.RunServerAsync();
            return 0;
        }
        catch (StartupException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    /// <param name="adjust">For tests: the last word on configuration and services.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = ServerBuilder.Create(args);
        builder.Services.AddServer();
        builder.AddEngine();
        builder.Services.AddSites();
        builder.Services.AddIdentity();
        builder.Services.AddConversations();
        builder.Services.AddContactRouting();
        builder.Services.AddCallbacks();
        builder.Services.AddSupervision();
        builder.Services.AddChatHub();
        builder.Services.AddContactOptions();
        builder.Services.AddCoPilot();
        builder.Services.AddBrowserFiles();
        builder.Services.AddTelemetry();
        builder.Services.AddDraining();
        builder.Services.AddDemo(builder.Environment);
        adjust?.Invoke(builder);

        var app = builder.Build();

        // All faults of the configuration, before anything is made of it: mapping the hub makes the engine's parts.
        app.Services.CheckConfiguration();
        app.UseTrustedProxies();
        app.UseApiErrors();
        app.UseSecurityHeaders();
        app.UseDraining();
        app.UseBrowserFiles();
        app.UseIdentity();
        app.MapHealth();
        app.MapCustomers();
        app.MapAgents();
        app.MapContactOptions();
        app.MapCallbackTimes();
        app.MapCallStatuses();
        app.MapChatHub();
        app.MapCoBrowseHub(HubPaths.CoBrowse);
        app.MapBrowserFiles();
        return app;
    }
}
