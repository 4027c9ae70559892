using CoPilot.CoBrowse.Scope;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>What Co-Pilot asks of its host.</summary>
internal static class CoPilotServices
{
    public static IServiceCollection AddCoPilot(this IServiceCollection services)
    {
        services.AddSingleton<ICoPilotSites, CoPilotSites>();
        return services;
    }
}
