using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;

namespace CoPilot.ChatServer.DemoShop;

internal static class DemoShopServices
{
    /// <summary>Shop and agents for trying things out. Only in Development: everybody knows the agents' password.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            services.AddConfigured<DemoShopOptions>();
            services.AddSingleton<DemoShopServer>();
            services.AddHostedService(provider => provider.GetRequiredService<DemoShopServer>());
            services.AddHostedService<DemoAgents>();
        }

        return services;
    }
}
