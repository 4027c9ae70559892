using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Sites;

/// <summary>How a site's customers are called.</summary>
public sealed class CallbackOptions : IValidatableObject
{
    /// <summary>Who dials when an agent has taken a call-back.</summary>
    /// <value><c>link</c>: the agent, by a link in the console. <c>webhook</c>: a telephony provider that the server asks. The default is <c>link</c>.</value>
    public string Dialer { get; set; } = CallDialers.Link;

    /// <summary>The telephony provider of the dialer <c>webhook</c>. <c>docs/callbacks-webhook.md</c> says what it is sent and what it answers.</summary>
    /// <value>The default is none.</value>
    public CallWebhookOptions? Webhook { get; set; }

    /// <summary>Whether an agent who is on a call is offered chats.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool ChatsDuringCalls { get; set; }

    /// <summary>Open call-backs that one customer may have, each for a number of its own.</summary>
    /// <value>1 to 20. The default is 3.</value>
    [Range(1, 20)]
    public int MaximumPerCustomer { get; set; } = 3;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Dialer is not (CallDialers.Link or CallDialers.Webhook))
        {
            yield return new ValidationResult($"'{Dialer}' is not one of {CallDialers.Link}, {CallDialers.Webhook}.", [nameof(Dialer)]);
        }

        if (Dialer == CallDialers.Webhook && Webhook is null)
        {
            yield return new ValidationResult($"the dialer '{CallDialers.Webhook}' needs {nameof(Webhook)}:{nameof(CallWebhookOptions.Url)} and {nameof(CallWebhookOptions.Secret)}.", [nameof(Dialer)]);
        }
    }
}

/// <summary>The words of <see cref="CallbackOptions.Dialer"/>.</summary>
public static class CallDialers
{
    public const string Link = "link";

    public const string Webhook = "webhook";
}

/// <summary>A telephony provider that is asked over HTTP.</summary>
public sealed class CallWebhookOptions : IValidatableObject
{
    /// <summary>Where calls are asked for.</summary>
    /// <value>An https address without user name, password and fragment; in Development also http on this machine. Required.</value>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>The key that requests to the provider and its call statuses are signed with.</summary>
    /// <value>Base64 of at least 32 bytes, as <c>openssl rand -base64 32</c> makes. Required.</value>
    [Required]
    public string Secret { get; set; } = "";

    /// <summary>How long one request may take before it counts as unanswered.</summary>
    /// <value>1 to 30 seconds. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Neither is repeated: an address may hold what only the provider should know.
        if (Url.Length > 0 && !IsAddress(Url))
        {
            yield return new ValidationResult("It must be an https address such as https://voice.example/calls, without user name, password and fragment.", [nameof(Url)]);
        }

        if (Secret.Length > 0 && Secrets.Parse(Secret) is null)
        {
            yield return new ValidationResult(Secrets.Rule, [nameof(Secret)]);
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0;
}
