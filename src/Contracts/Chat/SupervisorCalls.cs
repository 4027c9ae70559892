namespace CoPilot.Contracts.Chat;

/// <summary>Closes a queue for every channel, whatever its hours: it takes nobody and calls nobody. Chats in its line are served.</summary>
/// <param name="Until">Absent for until somebody opens it; at most 90 days ahead. Closing it again moves the end.</param>
public sealed record CloseQueueRequest(string Queue, DateTimeOffset? Until = null);

/// <summary>Ends what <see cref="CloseQueueRequest"/> began; the hours alone count again.</summary>
public sealed record OpenQueueRequest(string Queue);

/// <summary>A queue that a supervisor has closed for now.</summary>
/// <param name="Until">Absent when nobody has said: until somebody opens it.</param>
public sealed record QueueClosedInfo(DateTimeOffset? Until = null);

/// <summary>To another queue, where the contact has the place that it has. An offer is withdrawn.</summary>
/// <param name="ContactId">Of one that nobody serves yet.</param>
public sealed record MoveContactRequest(string ContactId, string Queue);

/// <summary>The contact stands as if it had come so much earlier; 0 takes that back.</summary>
/// <param name="ContactId">Of one that waits.</param>
/// <param name="HeadStartSeconds">0 to 1,800.</param>
public sealed record SetPriorityRequest(string ContactId, int HeadStartSeconds);
