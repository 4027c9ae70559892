using System.Net.Sockets;
using CoPilot.ChatServer.DemoShop;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Hosting;

/// <summary>The life of the server, from the check of its configuration to its end.</summary>
internal static class ServerRun
{
    /// <summary>Runs until the server is told to stop. What an operator can put right ends in a <see cref="StartupException"/>.</summary>
    public static async Task RunServerAsync(this WebApplication app)
    {
        SocketThreads.Choose(app.Services.GetRequiredService<IEngine>());
        await app.StartServerAsync();
        WriteAddresses(app.Services, Console.Out);
        await app.WaitForShutdownAsync();
    }

    public static async Task StartServerAsync(this WebApplication app)
    {
        // The engine before what lives in it.
        await app.Services.GetRequiredService<IEngine>().OpenAsync();
        if (app.Services.GetRequiredService<ISiteCatalog>().All.Count == 0)
        {
            HostingLog.NoSites(app.Services.GetRequiredService<ILogger<StartPhase>>());
        }

        try
        {
            await app.StartAsync();
            app.Services.GetRequiredService<StartPhase>().End();
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartupException($"{taken.Message.TrimEnd('.')}. Stop the other program, or choose another address: --Urls=http://127.0.0.1:PORT", taken);
        }
        catch (RedisRefusedException refused)
        {
            throw RedisEngine.Refused(refused);
        }
        catch (SocketException refused)
        {
            throw new StartupException($"Cannot listen on {string.Join(", ", app.Urls)}: {refused.Message}", refused);
        }
    }

    /// <summary>Exactly these lines, once the server answers: scripts and people look for them.</summary>
    private static void WriteAddresses(IServiceProvider services, TextWriter output)
    {
        var server = services.GetRequiredService<ServerAddresses>().Primary;
        var shop = services.GetService<DemoShopServer>()?.Address;
        output.WriteLine($"CoPilot server  {server}  (agents' console: {server}/agent/)");
        output.WriteLine($"Demo shop       {shop ?? "none (Development only)"}");
        output.WriteLine($"Data folder     {services.GetRequiredService<IEngine>().DataFolder}");
    }
}
