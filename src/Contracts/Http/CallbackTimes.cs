namespace CoPilot.Contracts.Http;

/// <summary>The times at which a customer can be called about a topic, as things stand now.</summary>
/// <param name="SlotMinutes">From one time to the next, where none is missing.</param>
/// <param name="Times">In order; at most <see cref="Limits.CallbackTimes"/>.</param>
/// <param name="NextFrom">The first time that is not in <paramref name="Times"/> for want of room: ask again <c>from</c> there.</param>
public sealed record CallbackTimesResult(
    string Queue,
    int SlotMinutes,
    IReadOnlyList<DateTimeOffset> Times,
    DateTimeOffset? NextFrom = null);
