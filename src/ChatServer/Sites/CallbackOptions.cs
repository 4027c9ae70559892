using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Sites;

/// <summary>Whom a site calls back, and how. Of all prefixes that a number begins with the longest decides.</summary>
public sealed partial class CallbackOptions : IValidatableObject
{
    /// <summary>What numbers begin with that are called: country codes, or a part of a country such as <c>+316</c>. A longer one than a blocked prefix allows a part of what that blocks.</summary>
    /// <value><c>+</c> and 1 to 15 digits, the first not 0. At least one is required.</value>
    public IList<string> Prefixes { get; } = [];

    /// <summary>What numbers begin with that are not called although <c>Prefixes</c> has their country: premium-rate numbers above all, and <c>0</c> behind a country code that no number has there. Always blocked are <c>+310</c>, <c>+31112</c>, <c>+31900</c>, <c>+31906</c>, <c>+31909</c>; <c>+320</c>, <c>+3270</c>, <c>+3290</c>; <c>+330</c>, <c>+338</c>; <c>+352900</c>, <c>+352901</c>, <c>+352905</c>; <c>+440</c>, <c>+4470</c>, <c>+4484</c>, <c>+4487</c>, <c>+449</c>; <c>+490</c>, <c>+49137</c>, <c>+49900</c>. Emergency numbers are too short for any of this and never called.</summary>
    /// <value><c>+</c> and 1 to 15 digits, the first not 0. The default is none but those.</value>
    public IList<string> BlockedPrefixes { get; } = [];

    /// <summary>The country whose numbers customers may write as they do at home, without the country code.</summary>
    /// <value>ISO 3166 alpha-2 such as <c>NL</c>. The default is none: numbers are written with <c>+</c> and the country code.</value>
    [RegularExpression("[A-Z]{2}", ErrorMessage = "It must be two capital letters such as NL.")]
    public string? DefaultRegion { get; set; }

    /// <summary>Open call-backs that one customer may have, each for a number of its own.</summary>
    /// <value>1 to 20. The default is 3.</value>
    [Range(1, 20)]
    public int MaximumPerCustomer { get; set; } = 3;

    /// <summary>Who dials when an agent has taken a call-back.</summary>
    /// <value><c>link</c>: the agent, by a link in the console. <c>webhook</c>: a telephony provider that the server asks. The default is <c>link</c>.</value>
    public string Dialer { get; set; } = CallDialers.Link;

    /// <summary>The telephony provider of the dialer <c>webhook</c>. <c>docs/callbacks-webhook.md</c> says what it is sent and what it answers.</summary>
    /// <value>The default is none.</value>
    public CallWebhookOptions? Webhook { get; set; }

    /// <summary>Whether an agent who is on a call is offered chats.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool ChatsDuringCalls { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [.. PrefixFaults(), .. DialerFaults()];

    private IEnumerable<ValidationResult> PrefixFaults()
    {
        if (Prefixes.Count == 0)
        {
            yield return new ValidationResult("at least one is needed, such as +31.", [nameof(Prefixes)]);
        }

        foreach (var (setting, prefix) in Prefixes.Select(prefix => (nameof(Prefixes), prefix))
            .Concat(BlockedPrefixes.Select(prefix => (nameof(BlockedPrefixes), prefix)))
            .Where(entry => !Prefix().IsMatch(entry.prefix ?? "")))
        {
            yield return new ValidationResult($"'{prefix}' is not a prefix such as +31: it must be + and 1 to 15 digits, the first not 0.", [setting]);
        }

        foreach (var prefix in BlockedPrefixes.Intersect(Prefixes, StringComparer.Ordinal))
        {
            yield return new ValidationResult($"'{prefix}' is in {nameof(Prefixes)} too; it can be only one of them.", [nameof(BlockedPrefixes)]);
        }
    }

    private IEnumerable<ValidationResult> DialerFaults()
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

    [GeneratedRegex(@"\A\+[1-9][0-9]{0,14}\z")]
    private static partial Regex Prefix();
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
