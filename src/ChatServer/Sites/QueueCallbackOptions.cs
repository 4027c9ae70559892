using System.ComponentModel.DataAnnotations;

namespace CoPilot.ChatServer.Sites;

/// <summary>How the customers of a queue are called back.</summary>
public sealed class QueueCallbackOptions : IValidatableObject
{
    private const int PauseCount = 20;

    private static readonly TimeSpan ShortestSlot = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    /// <summary>How long an agent is offered nothing after the outcome of a call, to finish what belongs to it.</summary>
    /// <value>0 to 1 hour. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan WrapUp { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When to call again who was not reached: after the first call, the second and so on. After one call more the call-back ends.</summary>
    /// <value>At most 20 of 1 minute to 7 days. The default is 10 minutes, 30 minutes and 2 hours.</value>
    public IList<TimeSpan>? RetryPauses { get; set; }

    /// <summary>From one time that customers can choose to the next; the first is at the full hour of UTC.</summary>
    /// <value>5 minutes to 1 hour, a part of an hour without rest. The default is 15 minutes.</value>
    public TimeSpan SlotLength { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Call-backs that can be scheduled for the same time.</summary>
    /// <value>1 to 1,000. The default is 4.</value>
    [Range(1, 1_000)]
    public int CallsPerSlot { get; set; } = 4;

    /// <summary>How many days ahead customers can choose a time.</summary>
    /// <value>1 to 90. The default is 14.</value>
    [Range(1, 90)]
    public int DaysAhead { get; set; } = 14;

    /// <summary>By how much a call-back enters the line before its time.</summary>
    /// <value>0 to 1 hour. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Lead { get; set; } = TimeSpan.FromSeconds(30);

    public QueueCallbacks ToQueueCallbacks() =>
        new(WrapUp, RetryPauses is null ? [TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)] : [.. RetryPauses])
        {
            SlotLength = SlotLength,
            CallsPerSlot = CallsPerSlot,
            DaysAhead = DaysAhead,
            Lead = Lead,
        };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SlotLength < ShortestSlot || SlotLength > TimeSpan.FromHours(1) || TimeSpan.FromHours(1).Ticks % SlotLength.Ticks != 0)
        {
            yield return new ValidationResult("must be 5 minutes to 1 hour, and divide an hour without rest.", [nameof(SlotLength)]);
        }

        if (RetryPauses is { } pauses && (pauses.Count > PauseCount || pauses.Any(pause => pause < ShortestPause || pause > LongestPause)))
        {
            yield return new ValidationResult($"at most {PauseCount} pauses of 1 minute to 7 days.", [nameof(RetryPauses)]);
        }
    }
}
