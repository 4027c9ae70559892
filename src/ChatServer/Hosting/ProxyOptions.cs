using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CoPilot.ChatServer.Hosting;

/// <summary>The proxies or load balancers in front of this server.</summary>
[ConfigurationSection("Proxy")]
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>
    /// Whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, separated by <c>;</c>. Without it all who come through a proxy share one address,
    /// and so one limit. Name the proxies alone: whoever is named can claim any address.
    /// </summary>
    /// <value>Addresses and networks such as <c>10.0.0.5;10.1.0.0/24</c>. The default is none.</value>
    public string TrustedNetworks { get; set; } = "";

    public IReadOnlyList<IPNetwork> TrustedNetworkList => [.. Split().Select(Parse).OfType<IPNetwork>()];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from text in Split()
        where Parse(text) is null
        select new ValidationResult($"'{text}' is no address or network such as 10.0.0.5 or 10.1.0.0/24.", [nameof(TrustedNetworks)]);

    private static IPNetwork? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;

    private string[] Split() => TrustedNetworks.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
