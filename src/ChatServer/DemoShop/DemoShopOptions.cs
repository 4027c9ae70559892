using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.DemoShop;

/// <summary>The demo shop, which exists in Development only.</summary>
[ConfigurationSection("DemoShop")]
public sealed class DemoShopOptions : IValidatableObject
{
    /// <summary>Where it listens: another origin than the server's, as a real shop's is, and another host name, because cookies ignore ports.</summary>
    /// <value>One address. The default is <c>http://localhost:5081</c>.</value>
    [Required]
    public string Urls { get; set; } = "http://localhost:5081";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Urls.Length > 0 && !Origins.TryNormalize(Urls, out _))
        {
            yield return new ValidationResult($"'{Urls}' is not an address such as http://localhost:5081.", [nameof(Urls)]);
        }
    }
}
