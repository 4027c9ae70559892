using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// Calls to one client whose answers are awaited, wherever the client is. Thread-safe.
/// <para>A call always ends: with the answer, with the caller's cancellation, or with an <see cref="IOException"/> when the client disconnects, its node dies, or the
/// call or its answer was lost between nodes, which a regular question to the client's node brings to light.</para>
/// </summary>
internal sealed class ClientCalls<THub>(
    string hub,
    HubConnections<THub> connections,
    BackplanePublisher publisher,
    IReadOnlyList<IHubProtocol> protocols,
    NodeBus bus,
    ILogger logger) : IInvocationBinder
    where THub : Hub
{
    private readonly ConcurrentDictionary<string, ClientCall> _calls = new(StringComparer.Ordinal);

    /// <summary>Ids are unique among nodes; that a client answers for itself alone is checked by connection, not by guessing.</summary>
    private readonly string _prefix = RandomNumberGenerator.GetHexString(16, lowercase: true);

    private long _lastId;

    public async Task<T> InvokeAsync<T>(string connectionId, string method, object?[] arguments, CancellationToken cancellationToken)
    {
        var call = new AwaitedCall<T>(_prefix + Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture), connectionId);
        _calls[call.Id] = call;
        try
        {
            await using var cancellation = cancellationToken.UnsafeRegister(static state => ((AwaitedCall<T>)state!).Cancel(), call);
            var message = new SerializedHubMessage(new InvocationMessage(call.Id, method, arguments));
            return connections.Find(connectionId) is { } context
                ? await InvokeHereAsync(call, context, message)
                : await InvokeElsewhereAsync(call, message, cancellationToken);
        }
        finally
        {
            _calls.TryRemove(call.Id, out _);
        }
    }

    /// <summary>A client answered. Answering another client's call is <see cref="InvalidOperationException"/>; an answer that nobody awaits any more is forgotten.</summary>
    public void Complete(string connectionId, CompletionMessage completion)
    {
        if (!_calls.TryGetValue(completion.InvocationId!, out var call))
        {
            return;
        }

        if (!string.Equals(call.ConnectionId, connectionId, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Connection ID '{connectionId}' is not valid for invocation ID '{completion.InvocationId}'.");
        }

        call.Complete(completion);
    }

    public bool TryGetResultType(string id, [NotNullWhen(true)] out Type? type)
    {
        type = _calls.TryGetValue(id, out var call) ? call.ResultType : null;
        return type is not null;
    }

    public void NodesLost(IReadOnlyCollection<string> nodeIds)
    {
        foreach (var (_, call) in _calls)
        {
            if (call.NodeId is { } node && nodeIds.Contains(node))
            {
                Abandon(call);
            }
        }
    }

    /// <summary>Asks the nodes of all clients whether they still have the calls.</summary>
    public async Task ProbeAsync()
    {
        var byNode = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (_, call) in _calls)
        {
            if (call.NodeId is not { } node)
            {
                continue;
            }

            if (!bus.IsAlive(node))
            {
                Abandon(call);
            }
            else if (call is not ForwardedCall)
            {
                (byNode.TryGetValue(node, out var ids) ? ids : byNode[node] = []).Add(call.Id);
            }
        }

        foreach (var (node, ids) in byNode)
        {
            var frame = new FrameWriter(BackplaneFrame.Probe, hub);
            frame.Text(bus.NodeId);
            frame.Texts(ids);
            await publisher.ToNodeAsync(node, frame.ToFrame());
        }
    }

    public void ReceiveInvoke(ref FrameReader frame)
    {
        var (connectionId, id, caller) = (frame.Text(), frame.Text(), frame.Text());
        var call = new ForwardedCall(id, connectionId, (call, completion, failure) => _ = ForwardAsync(call, completion, failure)) { NodeId = caller };
        var message = new SerializedHubMessage(Payload.Read(ref frame));
        if (connections.Find(connectionId) is not { } context)
        {
            call.Fail(CallFailure.Unknown);
            return;
        }

        _calls[id] = call;
        call.Disconnected = context.ConnectionAborted.UnsafeRegister(static state => ((ForwardedCall)state!).Fail(CallFailure.Disconnected), call);
        connections.Send(connectionId, message);
    }

    public void ReceiveResult(ref FrameReader frame)
    {
        var (connectionId, id, failure) = (frame.Text(), frame.Text(), (CallFailure)frame.Byte());
        if (!_calls.TryGetValue(id, out var call)
            || (failure == CallFailure.None && !string.Equals(call.ConnectionId, connectionId, StringComparison.Ordinal)))
        {
            return;
        }

        if (failure != CallFailure.None)
        {
            call.Fail(failure);
            return;
        }

        call.Complete(ReadCompletion(id, frame.Text(), frame.Bytes()));
    }

    public void ReceiveProbe(ref FrameReader frame)
    {
        var asker = frame.Text();
        foreach (var id in frame.Texts())
        {
            if (!_calls.ContainsKey(id))
            {
                _ = SendResultAsync(asker, "", id, null, CallFailure.Lost);
            }
        }
    }

    public void ReceiveForget(ref FrameReader frame)
    {
        if (_calls.TryGetValue(frame.Text(), out var call) && call is ForwardedCall)
        {
            Abandon(call);
        }
    }

    IReadOnlyList<Type> IInvocationBinder.GetParameterTypes(string methodName) => throw new InvalidDataException("An answer was expected.");

    Type IInvocationBinder.GetStreamItemType(string streamId) => throw new InvalidDataException("An answer was expected.");

    Type IInvocationBinder.GetReturnType(string invocationId) => TryGetResultType(invocationId, out var type) ? type : typeof(RawResult);

    private async Task<T> InvokeHereAsync<T>(AwaitedCall<T> call, HubConnectionContext context, SerializedHubMessage message)
    {
        await using var disconnected = context.ConnectionAborted.UnsafeRegister(
            static state => ((ClientCall)state!).Fail(CallFailure.Disconnected), call);
        connections.Send(context.ConnectionId, message);
        return await call.Result;
    }

    private async Task<T> InvokeElsewhereAsync<T>(AwaitedCall<T> call, SerializedHubMessage message, CancellationToken cancellationToken)
    {
        var frame = new FrameWriter(BackplaneFrame.Invoke, hub);
        frame.Text(call.ConnectionId);
        frame.Text(call.Id);
        frame.Text(bus.NodeId);
        Payload.Write(frame, message, protocols);
        var node = await publisher.ToAsync(Membership.Connection(call.ConnectionId), frame.ToFrame())
            ?? throw ClientCall.ToException(CallFailure.Unknown, call.ConnectionId);
        call.NodeId = node;
        try
        {
            return await call.Result;
        }
        catch (HubException) when (cancellationToken.IsCancellationRequested)
        {
            var forget = new FrameWriter(BackplaneFrame.Forget, hub);
            forget.Text(call.Id);
            _ = IgnoreUnavailableAsync(publisher.ToNodeAsync(node, forget.ToFrame()));
            throw;
        }
    }

    /// <summary>The other end is gone: nobody waits for what is forwarded, and what is awaited will not come.</summary>
    private void Abandon(ClientCall call)
    {
        if (call is ForwardedCall forwarded)
        {
            forwarded.Disconnected.Unregister();
            _calls.TryRemove(call.Id, out _);
        }
        else
        {
            call.Fail(CallFailure.NodeLost);
        }
    }

    private async Task ForwardAsync(ForwardedCall call, CompletionMessage? completion, CallFailure failure)
    {
        var sending = SendResultAsync(call.NodeId!, call.ConnectionId, call.Id, completion, failure);

        // After the answer is on its way: a question that comes between must not be told that the call is unknown.
        _calls.TryRemove(call.Id, out _);
        await sending;
    }

    private async Task SendResultAsync(string caller, string connectionId, string id, CompletionMessage? completion, CallFailure failure)
    {
        try
        {
            var frame = new FrameWriter(BackplaneFrame.Result, hub);
            frame.Text(connectionId);
            frame.Text(id);
            if (completion is not null && connections.Find(connectionId)?.Protocol is { } protocol)
            {
                frame.Byte((byte)CallFailure.None);
                frame.Text(protocol.Name);
                frame.Bytes(protocol.GetMessageBytes(completion).Span);
            }
            else
            {
                frame.Byte((byte)(completion is null ? failure : CallFailure.Disconnected));
            }

            await publisher.ToNodeAsync(caller, frame.ToFrame());
        }
        catch (StoreUnavailableException)
        {
            // The node bus says so in the log; the caller's node asks again and learns that the answer is lost.
        }
#pragma warning disable CA1031 // Nobody awaits this; the caller's node asks again and learns that the answer is lost.
        catch (Exception error)
#pragma warning restore CA1031
        {
            BackplaneLog.ResultNotSent(logger, error);
        }
    }

    private CompletionMessage ReadCompletion(string id, string protocolName, ReadOnlyMemory<byte> bytes)
    {
        foreach (var protocol in protocols)
        {
            if (string.Equals(protocol.Name, protocolName, StringComparison.Ordinal))
            {
                var input = new ReadOnlySequence<byte>(bytes);
                try
                {
                    return protocol.TryParseMessage(ref input, this, out var message) && message is CompletionMessage completion
                        ? completion
                        : CompletionMessage.WithError(id, "The client's answer is not complete.");
                }
#pragma warning disable CA1031 // A client wrote this; whatever is wrong with it is the caller's to hear, not the pump's.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    return CompletionMessage.WithError(id, "The client's answer cannot be read: " + error.Message);
                }
            }
        }

        return CompletionMessage.WithError(id, $"The client speaks hub protocol '{protocolName}', which the caller's node does not have.");
    }

    private static async Task IgnoreUnavailableAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (StoreUnavailableException)
        {
            // The client's node keeps the call until the client answers or leaves.
        }
    }
}
