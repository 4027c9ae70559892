using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Hubs;

/// <summary>How many hub calls are accepted; token buckets, so short bursts pass and floods do not.</summary>
[ConfigurationSection("HubRates")]
public sealed class HubRateOptions
{
    /// <summary>Calls a second that one connection may make in the long run.</summary>
    /// <value>1 to 100,000; the default is 20, several times what a person who types quickly makes.</value>
    [Range(1, 100_000)]
    public int ConnectionCallsPerSecond { get; set; } = 20;

    /// <summary>Calls that one connection may make at once.</summary>
    /// <value>1 to 100,000; the default is 60, enough for a console that joins all of its conversations again.</value>
    [Range(1, 100_000)]
    public int ConnectionBurst { get; set; } = 60;

    /// <summary>Calls a second that one person may make in the long run over all of their connections.</summary>
    /// <value>1 to 100,000; the default is 40.</value>
    [Range(1, 100_000)]
    public int PersonCallsPerSecond { get; set; } = 40;

    /// <summary>Calls that one person may make at once over all of their connections.</summary>
    /// <value>1 to 100,000; the default is 120.</value>
    [Range(1, 100_000)]
    public int PersonBurst { get; set; } = 120;
}
