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
        services.AddConfigurationCheck(ViewerFaults);
        services.AddSingleton<ViewerServer>();
        services.AddSingleton<IPageViewer>(provider => provider.GetRequiredService<ViewerServer>());
        services.AddHostedService(provider => provider.GetRequiredService<ViewerServer>());
    }

    // From the settings as they are written: options with faults of their own cannot be read.
    private static IEnumerable<string> ViewerFaults(IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        return Taken(configuration, "CoBrowse:" + nameof(CoBrowseOptions.ViewerUrls), nameof(ServerOptions.Urls))
            .Concat(Taken(configuration, "CoBrowse:" + nameof(CoBrowseOptions.ViewerOrigin), nameof(ServerOptions.PublicOrigins)));
    }

    private static IEnumerable<string> Taken(IConfiguration configuration, string setting, string ownSetting) =>
        Origins.TryNormalize(configuration[setting] ?? "", out var viewer) && !viewer.EndsWith(":0", StringComparison.Ordinal)
            && (configuration[ownSetting] ?? "").Split(';').Any(own => Origins.TryNormalize(own.Trim(), out var taken) && taken == viewer)
            ? [$"{setting}: '{configuration[setting]}' is the server's own; the viewer needs an origin of its own."]
            : [];
}
