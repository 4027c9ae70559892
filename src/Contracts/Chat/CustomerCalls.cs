namespace CoPilot.Contracts.Chat;

/// <param name="RequestId">Repeating with the same id answers the same contact.</param>
/// <param name="Text">Becomes the first message, with <paramref name="RequestId"/> as its <c>messageId</c>.</param>
/// <param name="ContactId">A call-back of the customer that nobody is busy with: it becomes the chat, in the place that it has.</param>
public sealed record StartChatRequest(
    string RequestId,
    string Topic,
    string? Text = null,
    IReadOnlyDictionary<string, string>? Answers = null,
    string? Name = null,
    string? Email = null,
    string? PageUrl = null,
    string? OrderId = null,
    string? ContactId = null);

/// <param name="Position">Contacts ahead in the queue's order + 1, while it waits.</param>
public sealed record StartChatResult(
    string ContactId,
    string ConversationId,
    string Epoch,
    string State,
    string Queue,
    int? Position = null,
    WaitRange? EstimatedWait = null);

public sealed record MyContactsRequest;

public sealed record MyContactsResult(IReadOnlyList<ContactSummary> Contacts);

/// <summary>An open contact as its customer sees it.</summary>
/// <param name="Callback">Of a call-back.</param>
public sealed record ContactSummary(
    string ContactId,
    string Kind,
    string State,
    string Queue,
    string Topic,
    DateTimeOffset ArrivedAt,
    string? ConversationId = null,
    int? Position = null,
    WaitRange? EstimatedWait = null,
    AgentInfo? Agent = null,
    CallbackInfo? Callback = null);

/// <summary>How long the wait will be; absent where there is too little to go by.</summary>
public sealed record WaitRange(int MinSeconds, int MaxSeconds);
