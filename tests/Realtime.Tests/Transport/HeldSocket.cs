using System.Net.WebSockets;
using System.Text;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>A WebSocket whose sends end when the test lets them.</summary>
internal sealed class HeldSocket : WebSocket
{
    private readonly Queue<TaskCompletionSource> _underWay = new();

    /// <summary>What was given to it, frame by frame.</summary>
    public List<string> Frames { get; } = [];

    public override WebSocketState State => WebSocketState.Open;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override string? SubProtocol => null;

    public void EndSend() => _underWay.Dequeue().SetResult();

    public void FailSend() => _underWay.Dequeue().SetException(new WebSocketException("The network is gone."));

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Assert.Empty(_underWay);
        var send = new TaskCompletionSource();
        _underWay.Enqueue(send);
        Frames.Add(Encoding.UTF8.GetString(buffer.Span));
        return new ValueTask(send.Task);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override void Abort() => throw new NotSupportedException();

    public override void Dispose()
    {
        // It has nothing.
    }
}
