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

    /// <summary>Calls a second of Co-Pilot's stream (frames, pointers, acknowledgements) that one connection may make in the long run; they have buckets of their own.</summary>
    /// <value>1 to 100,000; the default is 100: frames and pointers at 10 a second each, and a large page now and then.</value>
    [Range(1, 100_000)]
    public int ConnectionStreamCallsPerSecond { get; set; } = 100;

    /// <summary>Calls of Co-Pilot's stream that one connection may make at once.</summary>
    /// <value>1 to 100,000; the default is 400, three times what the largest page takes.</value>
    [Range(1, 100_000)]
    public int ConnectionStreamBurst { get; set; } = 400;

    /// <summary>Calls a second of Co-Pilot's stream that one person may make in the long run over all of their connections.</summary>
    /// <value>1 to 100,000; the default is 200.</value>
    [Range(1, 100_000)]
    public int PersonStreamCallsPerSecond { get; set; } = 200;

    /// <summary>Calls of Co-Pilot's stream that one person may make at once over all of their connections.</summary>
    /// <value>1 to 100,000; the default is 800.</value>
    [Range(1, 100_000)]
    public int PersonStreamBurst { get; set; } = 800;
}
