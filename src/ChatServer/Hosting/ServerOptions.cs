using System.ComponentModel.DataAnnotations;

namespace CoPilot.ChatServer.Hosting;

/// <summary>The server itself.</summary>
[ConfigurationSection("")]
public sealed class ServerOptions : IValidatableObject
{
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Where the server listens, separated by <c>;</c>. The agents' console is at <c>/agent/</c> below each.</summary>
    /// <value>Addresses. The default is <c>http://127.0.0.1:5080</c>.</value>
    [Required]
    public string Urls { get; set; } = DefaultUrls;

    /// <summary>The origins under which browsers see this server when those are not <c>Urls</c>, as behind a proxy; separated by <c>;</c>.</summary>
    /// <value>Origins such as <c>https://chat.shop.example</c>. The default is none.</value>
    public string PublicOrigins { get; set; } = "";

    /// <summary>The folder of everything that lasts: conversations, accounts, the signing key. Made at first start with access for its owner only; a server has it alone. Not used with Redis.</summary>
    /// <value>A path, relative to the content root. The default is <c>data</c>.</value>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>This node's name in logs and metrics.</summary>
    /// <value>At most 60 of <c>A-Z a-z 0-9 . _ -</c>. The default is made at start from the machine's name.</value>
    [RegularExpression("[A-Za-z0-9._-]{1,60}", ErrorMessage = "It must be 1 to 60 of A-Z a-z 0-9 . _ -")]
    public string? NodeName { get; set; }

    public IReadOnlyList<string> PublicOriginList => Split(PublicOrigins);

    public IReadOnlyList<string> UrlList => Split(Urls);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var url in UrlList.Where(url => !IsListenAddress(url)))
        {
            yield return new ValidationResult($"'{url}' is not an address such as http://127.0.0.1:5080.", [nameof(Urls)]);
        }

        foreach (var origin in PublicOriginList.Where(origin => !Origins.TryNormalize(origin, out _)))
        {
            yield return new ValidationResult($"'{origin}' is not an origin such as https://chat.shop.example{Origins.InternationalNames}.", [nameof(PublicOrigins)]);
        }
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Wildcard hosts are no URIs, so the framework's own parser decides.
    private static bool IsListenAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
