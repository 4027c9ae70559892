using CoPilot.ChatServer.Hosting;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Sites;

internal static class SitesServices
{
    public static IServiceCollection AddSites(this IServiceCollection services)
    {
        services.AddConfigured<SitesOptions>();
        services.AddConfigurationCheck(provider =>
            provider.GetRequiredService<IConfiguration>().GetSection("Sites").GetChildren()
                .Where(site => !SiteNames.IsValid(site.Key))
                .Select(site => $"{site.Path}: a site's id must be 1 to 100 of a-z 0-9 -"));
        services.AddConfigurationCheck(provider => CoPilotScopeCheck.Faults(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddConfigurationCheck(provider => CallWebhookCheck.Faults(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<ISiteCatalog>(provider => new SiteCatalog(provider.GetRequiredService<IOptions<SitesOptions>>()));
        return services;
    }
}
