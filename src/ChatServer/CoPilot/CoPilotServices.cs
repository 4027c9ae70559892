using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.CoBrowse.Codes;
using CoPilot.CoBrowse.Hosting;
using CoPilot.CoBrowse.Hubs;
using CoPilot.CoBrowse.Scope;
using CoPilot.CoBrowse.Sessions;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>What Co-Pilot asks of its host.</summary>
internal static class CoPilotServices
{
    public static IServiceCollection AddCoPilot(this IServiceCollection services)
    {
        services.AddConfigured<CoBrowseOptions>();
        services.AddSingleton<ICoPilotSites, CoPilotSites>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CoBrowseOptions>>().Value.ToSettings());
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CoBrowseOptions>>().Value.ToLimits());

        // Asked for late: with Redis the key is known only once the host has started.
        services.AddSingleton(provider => new SessionSecrets(() => provider.GetRequiredService<SigningKeys>().CoPilot));
        services.AddSingleton<ICoBrowseIdentity, CoBrowseIdentity>();
        services.AddSingleton<ICoBrowseAccess, CoBrowseAccess>();
        services.AddSingleton<IAgentDeparture, CoBrowseDeparture>();
        services.AddViewer();
        return services.AddCoBrowse();
    }

    /// <summary>Where agents see pages, on an origin of its own.</summary>
    private static void AddViewer(this IServiceCollection services)
    {
        services.AddConfigurationCheck(provider => ViewerAddress.Faults(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<ViewerServer>();
        services.AddSingleton<IPageViewer>(provider => provider.GetRequiredService<ViewerServer>());
        services.AddHostedService(provider => provider.GetRequiredService<ViewerServer>());
    }
}
