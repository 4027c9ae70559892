namespace CoPilot.ChatServer.Sites;

/// <summary>
/// What only the environment can tell of a scope: pages over http are for trying things out on one machine. It reads the configuration and not
/// the options, which cannot be had while they have other faults.
/// </summary>
internal static class CoPilotScopeCheck
{
    public static IEnumerable<string> Faults(IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            yield break;
        }

        foreach (var site in configuration.GetSection("Sites").GetChildren())
        {
            var entries = Values(site, "CoPilot:Scope");
            var origins = entries.Exists(entry => entry.Value!.StartsWith('/')) ? Values(site, "Origins") : [];
            foreach (var entry in entries.Concat(origins).Where(entry => IsThisMachineOverHttp(entry.Value!)))
            {
                yield return $"{entry.Path}: '{entry.Value}' cannot be shown by Co-Pilot: outside Development its pages must come over https.";
            }
        }
    }

    /// <summary>Http to anywhere else is a fault everywhere, which the options' own checks name.</summary>
    private static bool IsThisMachineOverHttp(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback;

    private static List<IConfigurationSection> Values(IConfigurationSection site, string key) =>
        [.. site.GetSection(key).GetChildren().Where(entry => entry.Value is not null)];
}
