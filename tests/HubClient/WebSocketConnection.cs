using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace CoPilot.HubClient;

/// <summary>
/// A WebSocket as the pair of pipes that SignalR's client reads and writes. SignalR ends each of its messages with a record
/// separator of its own, so WebSocket message boundaries mean nothing here.
/// </summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    private static readonly PipeOptions Buffers = new(
        readerScheduler: PipeScheduler.ThreadPool,
        writerScheduler: PipeScheduler.ThreadPool,
        pauseWriterThreshold: 1024 * 1024,
        resumeWriterThreshold: 512 * 1024,
        useSynchronizationContext: false);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket;
    private readonly WebSocketMessageType _messageType;
    private readonly Pipe _incoming = new(Buffers);
    private readonly Pipe _outgoing = new(Buffers);
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _running;

    public WebSocketConnection(ClientWebSocket socket, TransferFormat format)
    {
        _socket = socket;
        _messageType = format == TransferFormat.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        Transport = new DuplexPipe(_incoming.Reader, _outgoing.Writer);
        ConnectionClosed = _closed.Token;
        _running = RunAsync();
    }

    public override string ConnectionId { get; set; } = Guid.CreateVersion7().ToString("N");

    public override IDuplexPipe Transport { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override CancellationToken ConnectionClosed { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await _outgoing.Writer.CompleteAsync();
        await _incoming.Reader.CompleteAsync();
        try
        {
            await _running.WaitAsync(CloseTimeout);
        }
        catch (TimeoutException)
        {
            // The server, or the network in between, does not answer the closing handshake.
            _socket.Abort();
            await _running;
        }

        _socket.Dispose();
        _closed.Dispose();
        await base.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var sending = SendAsync();
        await ReceiveAsync();
        _outgoing.Reader.CancelPendingRead();
        await sending;
        await _closed.CancelAsync();
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(_incoming.Writer.GetMemory(4096), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                _incoming.Writer.Advance(received.Count);
                if ((await _incoming.Writer.FlushAsync()).IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            failure = exception;
        }

        await _incoming.Writer.CompleteAsync(failure);
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                var read = await _outgoing.Reader.ReadAsync();
                if (!read.Buffer.IsEmpty)
                {
                    await SendAsync(read.Buffer);
                }

                _outgoing.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    break;
                }
            }

            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving loop meets the same end and reports it.
            _socket.Abort();
        }

        await _outgoing.Reader.CompleteAsync();
    }

    /// <summary>All of it as one WebSocket message: a text message that ended inside a character would be refused.</summary>
    private async ValueTask SendAsync(ReadOnlySequence<byte> bytes)
    {
        var rest = bytes;
        while (rest.FirstSpan.Length < rest.Length)
        {
            var segment = rest.First;
            await _socket.SendAsync(segment, _messageType, endOfMessage: false, CancellationToken.None);
            rest = rest.Slice(segment.Length);
        }

        await _socket.SendAsync(rest.First, _messageType, endOfMessage: true, CancellationToken.None);
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
