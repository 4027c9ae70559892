using System.ComponentModel.DataAnnotations;

namespace CoPilot.ChatServer.Hosting;

/// <summary>How this node leaves when it is asked to stop.</summary>
[ConfigurationSection("Drain")]
public sealed class DrainOptions
{
    /// <summary>Clients are told to go to another node within this time; what is still connected after it is cut.</summary>
    /// <value>0 to 5 minutes. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ReconnectWithin { get; set; } = TimeSpan.FromSeconds(5);
}
