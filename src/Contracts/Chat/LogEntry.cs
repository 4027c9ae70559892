namespace CoPilot.Contracts.Chat;

/// <summary>
/// One entry of a conversation's log as one receiver sees it. <c>seq</c> is dense per conversation;
/// <c>after</c> is the <c>seq</c> of the last earlier entry that this receiver may see (0 for none), so a receiver whose
/// last <c>seq</c> is smaller than <c>after</c> missed something and joins again.
/// </summary>
/// <param name="Kind">One of <see cref="EntryKinds"/>.</param>
/// <param name="Audience">One of <see cref="Audiences"/>; entries for agents never reach a customer in any form.</param>
/// <param name="Text">What was said; for an event one of <see cref="EventCodes"/>.</param>
/// <param name="Data">An event's particulars.</param>
public sealed record LogEntry(
    long Seq,
    long After,
    string MessageId,
    string Kind,
    string Audience,
    Author Author,
    string Text,
    DateTimeOffset SentAt,
    IReadOnlyDictionary<string, string>? Data = null);

/// <param name="Role">One of <see cref="Roles"/>.</param>
public sealed record Author(string Role, string Id, string? Name);
