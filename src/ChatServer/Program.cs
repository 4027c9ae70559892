using CoPilot.ChatServer.DemoShop;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer;

/// <summary>Table of contents: every feature in one line, each an extension method in the feature's own folder.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
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
        builder.Services.AddEmbeddedEngine();
        builder.Services.AddSites();
        builder.Services.AddIdentity();
        builder.Services.AddDraining();
        builder.Services.AddDemo(builder.Environment);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseApiErrors();
        app.UseDraining();
        app.UseIdentity();
        app.MapHealth();
        app.MapCustomers();
        app.MapAgents();
        return app;
    }
}
