using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Hosting;

internal static class Draining
{
    private static readonly Refusal Refused = new(ErrorCodes.Unavailable, "This node is stopping; connect again in a moment.");

    public static IServiceCollection AddDraining(this IServiceCollection services)
    {
        services.AddConfigured<DrainOptions>();
        services.AddSingleton<DrainService>();
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        return services;
    }

    /// <summary>A hub connection taken while draining would be cut a moment later.</summary>
    public static void UseDraining(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<DrainService>();
        app.Use((context, next) => drain.IsDraining && HubPaths.IsHub(context.Request.Path) ? Problems.WriteAsync(context, Refused) : next(context));
    }
}
