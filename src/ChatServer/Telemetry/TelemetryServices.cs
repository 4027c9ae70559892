using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Telemetry;

internal static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddConfigured<TelemetryOptions>();
        services.AddHostedService<MetricsExport>();
        return services;
    }
}
