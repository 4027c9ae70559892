using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Telemetry;

/// <summary>Where metrics go.</summary>
[ConfigurationSection("Telemetry")]
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>An OpenTelemetry collector that takes OTLP over gRPC. Without it metrics stay in the process, for <c>dotnet-counters</c>.</summary>
    /// <value>An address such as <c>http://127.0.0.1:4317</c>. The default is none.</value>
    public string? OtlpEndpoint { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint is not null && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" }))
        {
            yield return new ValidationResult($"'{OtlpEndpoint}' is not an address such as http://127.0.0.1:4317.", [nameof(OtlpEndpoint)]);
        }
    }
}
