using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Backplane;

/// <summary>A call to one client whose answer has not come. It ends once, however many want to end it.</summary>
internal abstract class ClientCall(string id, string connectionId)
{
    private string? _nodeId;

    public string Id => id;

    public string ConnectionId => connectionId;

    /// <summary>The node at the other end, the client's or the caller's; null while it is not known, or when there is none.</summary>
    public string? NodeId
    {
        get => Volatile.Read(ref _nodeId);
        set => Volatile.Write(ref _nodeId, value);
    }

    /// <summary>What the protocol is to read the answer as.</summary>
    public abstract Type ResultType { get; }

    public abstract void Complete(CompletionMessage completion);

    public abstract void Fail(CallFailure failure);

    public static Exception ToException(CallFailure failure, string connectionId) => failure switch
    {
        CallFailure.Disconnected => new IOException($"Connection '{connectionId}' disconnected."),
        CallFailure.Unknown => new IOException($"Connection '{connectionId}' does not exist."),
        CallFailure.NodeLost => new IOException($"The node of connection '{connectionId}' is gone."),
        _ => new IOException($"The call to connection '{connectionId}', or its answer, was lost between nodes."),
    };
}

/// <summary>Why there is no answer; the values travel.</summary>
internal enum CallFailure : byte
{
    None = 0,
    Disconnected = 1,
    Unknown = 2,
    Lost = 3,
    NodeLost = 4,
}

/// <summary>A call that somebody on this node awaits.</summary>
internal sealed class AwaitedCall<T>(string id, string connectionId) : ClientCall(id, connectionId)
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public override Type ResultType => typeof(T);

    public override void Complete(CompletionMessage completion)
    {
        if (completion is { HasResult: true, Result: T result })
        {
            _result.TrySetResult(result);
        }
        else if (completion is { HasResult: true, Result: null } && default(T) is null)
        {
            _result.TrySetResult(default!);
        }
        else
        {
            _result.TrySetException(new HubException(completion.Error ?? "The client's answer has no result of the expected type."));
        }
    }

    public override void Fail(CallFailure failure) => _result.TrySetException(ToException(failure, ConnectionId));

    /// <summary>In the words of SignalR's own lifetime manager.</summary>
    public void Cancel() => _result.TrySetException(new HubException("Invocation canceled by the server."));
}

/// <summary>A call that somebody on another node awaits: the answer goes there as the client wrote it.</summary>
internal sealed class ForwardedCall(string id, string connectionId, Action<ForwardedCall, CompletionMessage?, CallFailure> forward)
    : ClientCall(id, connectionId)
{
    private int _hasEnded;

    public override Type ResultType => typeof(RawResult);

    public CancellationTokenRegistration Disconnected { get; set; }

    public override void Complete(CompletionMessage completion) => End(completion, CallFailure.None);

    public override void Fail(CallFailure failure) => End(null, failure);

    private void End(CompletionMessage? completion, CallFailure failure)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            Disconnected.Unregister();
            forward(this, completion, failure);
        }
    }
}
