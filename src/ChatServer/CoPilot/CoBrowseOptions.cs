using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;
using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Throttling;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>Where agents see customers' pages, how long Co-Pilot's codes and sessions last, and how many codes may be tried. <c>docs/cobrowse-security.md</c> has the arithmetic.</summary>
[ConfigurationSection("CoBrowse")]
public sealed class CoBrowseOptions : IValidatableObject
{
    /// <summary>A code that nobody used is void after this.</summary>
    /// <value>10 seconds to 30 minutes. The default is 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "00:30:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan CodeLife { get; set; } = CoBrowseSettings.Default.CodeLife;

    /// <summary>The customer's answer to the question for consent is waited for this long.</summary>
    /// <value>10 seconds to 10 minutes. The default is 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ConsentWithin { get; set; } = CoBrowseSettings.Default.ConsentWithin;

    /// <summary>A customer of whom nothing was heard for so long is gone, and the session ends.</summary>
    /// <value>6 seconds to 5 minutes. The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:06", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Lease { get; set; } = CoBrowseSettings.Default.Lease;

    /// <summary>An agent who has had no connection to Co-Pilot for so long has left, and their sessions end. A reload takes a few seconds.</summary>
    /// <value>6 seconds to 10 minutes. The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:06", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan AgentLease { get; set; } = CoBrowseSettings.Default.AgentLease;

    /// <summary>A session ends when nothing happened on the customer's page for so long.</summary>
    /// <value>10 seconds to 2 hours. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "02:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan IdleEnd { get; set; } = CoBrowseSettings.Default.IdleEnd;

    /// <summary>A session ends so long after the customer agreed, whatever happens.</summary>
    /// <value>10 seconds to 8 hours. The default is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:10", "08:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan TotalEnd { get; set; } = CoBrowseSettings.Default.TotalEnd;

    /// <summary>Codes that one connection may try, per minute.</summary>
    /// <value>1 to 1,000. The default is 5.</value>
    [Range(1, 1_000)]
    public int TriesPerConnectionAndMinute { get; set; } = RedeemLimits.Default.Connection.Tries;

    /// <summary>Codes that one network address may try, per hour. Offices and mobile networks share one address among many people.</summary>
    /// <value>1 to 100,000. The default is 20.</value>
    [Range(1, 100_000)]
    public int TriesPerAddressAndHour { get; set; } = RedeemLimits.Default.Address.Tries;

    /// <summary>Codes that everybody together may try, per minute.</summary>
    /// <value>1 to 100,000. The default is 600.</value>
    [Range(1, 100_000)]
    public int TriesPerMinute { get; set; } = RedeemLimits.Default.Everybody.Tries;

    /// <summary>Where the viewer of customers' pages listens: an address of its own, because what customers' browsers send must never share an origin with the agents' console.</summary>
    /// <value>One address such as <c>http://127.0.0.1:5082</c>, http only. The default is none, and in Development <c>http://localhost:5082</c>; without it no agent sees a page.</value>
    public string? ViewerUrls { get; set; }

    /// <summary>The origin under which agents' browsers see the viewer when that is not <c>ViewerUrls</c>, as behind a proxy. A host name of its own, on no site of yours and below none.</summary>
    /// <value>An origin such as <c>https://viewer.example</c>, an international name as <c>xn--</c>. The default is none.</value>
    public string? ViewerOrigin { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(ViewerUrls) && !IsListenAddress(ViewerUrls))
        {
            yield return new ValidationResult($"'{ViewerUrls}' is not an address such as http://127.0.0.1:5082; a proxy in front of it speaks https.", [nameof(ViewerUrls)]);
        }

        if (!string.IsNullOrEmpty(ViewerOrigin) && !Origins.TryNormalize(ViewerOrigin, out _))
        {
            yield return new ValidationResult($"'{ViewerOrigin}' is not an origin such as https://viewer.example{Origins.InternationalNames}.", [nameof(ViewerOrigin)]);
        }

        if (string.IsNullOrEmpty(ViewerOrigin) && IsAnyAddress(ViewerUrls))
        {
            yield return new ValidationResult($"no browser can open '{ViewerUrls}': {nameof(ViewerOrigin)} must say where browsers see it.", [nameof(ViewerUrls)]);
        }
    }

    private static bool IsListenAddress(string url) =>
        Origins.TryNormalize(url, out var origin) && origin.StartsWith(Uri.UriSchemeHttp + ":", StringComparison.Ordinal);

    private static bool IsAnyAddress(string? url) =>
        Origins.TryNormalize(url ?? "", out var origin) && new Uri(origin).Host is "0.0.0.0" or "[::]";

    internal CoBrowseSettings ToSettings() => new()
    {
        CodeLife = CodeLife,
        ConsentWithin = ConsentWithin,
        Lease = Lease,
        AgentLease = AgentLease,
        IdleEnd = IdleEnd,
        TotalEnd = TotalEnd,
    };

    internal RedeemLimits ToLimits() => new()
    {
        Connection = RedeemLimits.Default.Connection with { Tries = TriesPerConnectionAndMinute },
        Address = RedeemLimits.Default.Address with { Tries = TriesPerAddressAndHour },
        Everybody = RedeemLimits.Default.Everybody with { Tries = TriesPerMinute },
    };
}
