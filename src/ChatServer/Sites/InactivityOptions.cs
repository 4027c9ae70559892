using System.ComponentModel.DataAnnotations;

namespace CoPilot.ChatServer.Sites;

/// <summary>When a chat ends whose customer does not answer. Only while the agent had the last word.</summary>
public sealed class InactivityOptions : IValidatableObject
{
    /// <summary>How long the customer may leave the agent's last message without an answer.</summary>
    /// <value>1 minute to 24 hours. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan EndAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long before its end the customer is warned in the chat.</summary>
    /// <value>10 seconds to 1 hour, less than <c>EndAfter</c>. The default is 1 minute, or half of an <c>EndAfter</c> below 2 minutes.</value>
    public TimeSpan? WarnBefore { get; set; }

    public QueueInactivity ToQueueInactivity() =>
        new(EndAfter, WarnBefore ?? (EndAfter < TimeSpan.FromMinutes(2) ? EndAfter / 2 : TimeSpan.FromMinutes(1)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WarnBefore is { } before && (before < TimeSpan.FromSeconds(10) || before > TimeSpan.FromHours(1) || before >= EndAfter))
        {
            yield return new ValidationResult("must be 10 seconds to 1 hour, and less than EndAfter.", [nameof(WarnBefore)]);
        }
    }
}

/// <summary>When a chat ends whose customer does not answer.</summary>
/// <param name="EndAfter">From the agent's last message.</param>
/// <param name="WarnBefore">Before the end; less than <paramref name="EndAfter"/>.</param>
public sealed record QueueInactivity(TimeSpan EndAfter, TimeSpan WarnBefore)
{
    /// <summary>From the agent's last message to the warning.</summary>
    public TimeSpan WarnAfter => EndAfter - WarnBefore;
}
