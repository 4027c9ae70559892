using System.ComponentModel.DataAnnotations;

namespace CoPilot.ChatServer.Sites;

/// <summary>How the customers of a queue are called back.</summary>
public sealed class QueueCallbackOptions : IValidatableObject
{
    private const int PauseCount = 20;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    /// <summary>How long an agent is offered nothing after the outcome of a call, to finish what belongs to it.</summary>
    /// <value>0 to 1 hour. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan WrapUp { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When to call again who was not reached: after the first call, the second and so on. After one call more the call-back ends.</summary>
    /// <value>At most 20 of 1 minute to 7 days. The default is 10 minutes, 30 minutes and 2 hours.</value>
    public IList<TimeSpan>? RetryPauses { get; set; }

    public QueueCallbacks ToQueueCallbacks() =>
        new(WrapUp, RetryPauses is null ? [TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)] : [.. RetryPauses]);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetryPauses is { } pauses && (pauses.Count > PauseCount || pauses.Any(pause => pause < ShortestPause || pause > LongestPause)))
        {
            yield return new ValidationResult($"at most {PauseCount} pauses of 1 minute to 7 days.", [nameof(RetryPauses)]);
        }
    }
}
