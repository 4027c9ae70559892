using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Identity;

/// <summary>How this server signs the tokens that it gives out.</summary>
[ConfigurationSection("Auth")]
public sealed class AuthOptions : IValidatableObject
{
    /// <summary>The key that tokens are signed with. A new one signs everybody out and makes every verified customer a new one.</summary>
    /// <value>Base64 of at least 32 bytes, as <c>openssl rand -base64 32</c> makes. The default is made at first start and kept in the data folder; with Redis there is none, except in Development.</value>
    public string? SigningKey { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SigningKey is not null && Secrets.Parse(SigningKey) is null)
        {
            yield return new ValidationResult(Secrets.Rule, [nameof(SigningKey)]);
        }
    }
}
