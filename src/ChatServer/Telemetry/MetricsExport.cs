using CoPilot.ChatServer.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CoPilot.ChatServer.Telemetry;

/// <summary>Sends the metrics of this node to a collector, when one is configured.</summary>
internal sealed class MetricsExport(IOptions<TelemetryOptions> options, Node node) : IHostedService, IDisposable
{
    private const string ServiceName = "copilot";

    /// <summary>Ours, and of the framework's those that say how connections and requests fare.</summary>
    private static readonly string[] Meters =
        ["CoPilot.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime"];

    private MeterProvider? _meters;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OtlpEndpoint is { } endpoint)
        {
            _meters = Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(resource => resource.AddService(ServiceName, serviceInstanceId: node.Name))
                .AddMeter(Meters)
                .AddOtlpExporter(exporter => exporter.Endpoint = new Uri(endpoint))
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what is left.</summary>
    public void Dispose() => _meters?.Dispose();
}
