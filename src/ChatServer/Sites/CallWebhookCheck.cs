namespace CoPilot.ChatServer.Sites;

/// <summary>
/// What only the environment can tell of a provider's address: http is for trying things out on one machine. It reads the configuration and not the options, which
/// cannot be had while they have other faults.
/// </summary>
internal static class CallWebhookCheck
{
    private const string Setting = "Callbacks:Webhook:Url";

    public static IEnumerable<string> Faults(IConfiguration configuration, IHostEnvironment environment) =>
        environment.IsDevelopment()
            ? []
            : configuration.GetSection("Sites").GetChildren()
                .Where(site => IsThisMachineOverHttp(site[Setting]))
                .Select(site => $"{site.Path}:{Setting}: outside Development the provider must be asked over https.");

    /// <summary>Http to anywhere else is a fault everywhere, which the options' own checks name.</summary>
    private static bool IsThisMachineOverHttp(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback;
}
