using CoPilot.ChatServer.Routing;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Shows the serving agent how the provider's call goes. What came of a call it proposes only: the agent has heard whom they talked to and has a note to write, and a voice that
/// a provider takes for an answer may be a machine's.
/// </summary>
internal sealed class CallProgressHandler(IContactQueue queue) : ICallStatusHandler
{
    public Task<CallStatusResult> HandleAsync(CallStatus status, CancellationToken cancellationToken = default) =>
        CallAttemptId.Read(status.AttemptId) is var (contactId, fence)
            ? queue.NoteCallAsync(new CallNews(status.SiteId, contactId, fence, status.Status, status.Outcome), cancellationToken)
            : Task.FromResult(CallStatusResult.Unknown);
}
