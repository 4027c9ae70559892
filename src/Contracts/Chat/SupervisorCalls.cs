namespace CoPilot.Contracts.Chat;

/// <summary>Closes a queue for every channel, whatever its hours: it takes nobody and calls nobody. Chats in its line are served.</summary>
/// <param name="Until">Absent for until somebody opens it; at most 90 days ahead. Closing it again moves the end.</param>
public sealed record CloseQueueRequest(string Queue, DateTimeOffset? Until = null);

/// <summary>Ends what <see cref="CloseQueueRequest"/> began; the hours alone count again.</summary>
public sealed record OpenQueueRequest(string Queue);

/// <summary>A queue that a supervisor has closed for now.</summary>
/// <param name="Until">Absent when nobody has said: until somebody opens it.</param>
public sealed record QueueClosedInfo(DateTimeOffset? Until = null);
