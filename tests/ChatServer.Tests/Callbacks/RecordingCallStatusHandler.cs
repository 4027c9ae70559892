using System.Collections.Concurrent;
using CoPilot.ChatServer.Callbacks;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>Notes what came, and answers what the test says.</summary>
internal sealed class RecordingCallStatusHandler : ICallStatusHandler
{
    private readonly ConcurrentQueue<CallStatus> _statuses = new();

    public IReadOnlyList<CallStatus> Statuses => [.. _statuses];

    public Func<CallStatus, Task<CallStatusResult>> Answer { get; set; } = Taken;

    public Task<CallStatusResult> HandleAsync(CallStatus status, CancellationToken cancellationToken = default)
    {
        _statuses.Enqueue(status);
        return Answer(status);
    }

    public void Reset()
    {
        _statuses.Clear();
        Answer = Taken;
    }

    private static Task<CallStatusResult> Taken(CallStatus status) => Task.FromResult(CallStatusResult.Taken);
}
