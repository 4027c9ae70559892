using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>How often call-backs may be asked for on a site. Which numbers a site calls is said under <c>Sites:&lt;id&gt;:Callbacks</c>.</summary>
[ConfigurationSection("Callbacks")]
public sealed class CallbackLimitOptions
{
    /// <summary>Call-backs that one customer may ask for, per hour.</summary>
    /// <value>1 to 10,000. The default is 10.</value>
    [Range(1, 10_000)]
    public int RequestsPerCustomerAndHour { get; set; } = CallbackLimits.Default.Customer.Requests;

    /// <summary>Call-backs that may be asked for to one number, per day, whoever asks: it may be somebody else's.</summary>
    /// <value>1 to 10,000. The default is 6.</value>
    [Range(1, 10_000)]
    public int RequestsPerNumberAndDay { get; set; } = CallbackLimits.Default.Number.Requests;

    /// <summary>Call-backs that may be asked for from one network address, per hour. Offices and mobile networks share one address among many people.</summary>
    /// <value>1 to 100,000. The default is 60.</value>
    [Range(1, 100_000)]
    public int RequestsPerAddressAndHour { get; set; } = CallbackLimits.Default.Address.Requests;

    internal CallbackLimits ToLimits() => new()
    {
        Customer = CallbackLimits.Default.Customer with { Requests = RequestsPerCustomerAndHour },
        Number = CallbackLimits.Default.Number with { Requests = RequestsPerNumberAndDay },
        Address = CallbackLimits.Default.Address with { Requests = RequestsPerAddressAndHour },
    };
}
