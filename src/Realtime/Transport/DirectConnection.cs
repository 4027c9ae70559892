using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CoPilot.Realtime.Transport;

/// <summary>One WebSocket as SignalR's hub handler wants it; there are many and most are idle, so it is all features itself and makes little else.</summary>
internal sealed class DirectConnection : ConnectionContext, IDuplexPipe,
    IConnectionIdFeature, IConnectionItemsFeature, IConnectionTransportFeature, IConnectionUserFeature, IConnectionHeartbeatFeature,
    IConnectionLifetimeFeature, IConnectionLifetimeNotificationFeature, ITransferFormatFeature, IHttpContextFeature, IHttpTransportFeature
{
    /// <summary>As many as SignalR's own connections have: nobody can guess one.</summary>
    private const int IdBytes = 16;

    private readonly HttpContext _http;
    private readonly WebSocket _socket;
    private readonly SocketReader _reader;
    private readonly SocketWriter _writer;
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _closeRequested = new();
    private readonly DateTimeOffset _expires;
    private readonly Lock _gate = new();
    private (Action<object> Beat, object State)[] _beats = [];
    private IDictionary<object, object?>? _items;
    private TransferFormat _format = TransferFormat.Text;
    private Task _answer = Task.CompletedTask;
    private bool _isAborted;

    /// <param name="expires">When it is to be closed, since nobody may be trusted for longer.</param>
    public DirectConnection(HttpContext http, WebSocket socket, long sendLimit, DateTimeOffset expires, TimeProvider time)
    {
        _http = http;
        _socket = socket;
        _expires = expires;
        _reader = new SocketReader(socket, AnswerClose);
        _writer = new SocketWriter(socket, sendLimit, time, Abort);
        Features = new DirectFeatures(this);
        ConnectionId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        ConnectionClosed = _closed.Token;
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items
    {
        get => _items ?? Interlocked.CompareExchange(ref _items, new ConnectionItems(), null) ?? _items;
        set => _items = value;
    }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException("Nothing stands between a hub and its WebSocket.");
    }

    public PipeReader Input => _reader;

    public PipeWriter Output => _writer;

    public override CancellationToken ConnectionClosed { get; set; }

    public CancellationToken ConnectionClosedRequested
    {
        get => _closeRequested.Token;
        set => throw new NotSupportedException("Ask by RequestClose.");
    }

    public ClaimsPrincipal? User
    {
        get => _http.User;
        set => _http.User = value ?? new ClaimsPrincipal();
    }

    public HttpContext? HttpContext
    {
        get => _http;
        set => throw new NotSupportedException("A WebSocket has one request.");
    }

    public HttpTransportType TransportType => HttpTransportType.WebSockets;

    public TransferFormat SupportedFormats
    {
        get => TransferFormat.Text | TransferFormat.Binary;
        set => throw new NotSupportedException("A WebSocket takes both.");
    }

    public TransferFormat ActiveFormat
    {
        get => _format;
        set
        {
            _format = value;
            _writer.MessageType = value == TransferFormat.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        }
    }

    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_gate)
        {
            _beats = [.. _beats, (action, state)];
        }
    }

    public override void Abort(ConnectionAbortedException abortReason) => Abort();

    /// <summary>Cuts it, without a word to the client. Who listens is told in another thread: who aborts may hold locks.</summary>
    public override void Abort()
    {
        if (!Interlocked.Exchange(ref _isAborted, true))
        {
            _http.Abort();
            _reader.End();
            ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Cancel(), _closed, preferLocal: false);
        }
    }

    /// <summary>Asks the hub to part with the client in words.</summary>
    public void RequestClose() =>
        ThreadPool.UnsafeQueueUserWorkItem(static requested => requested.Cancel(), _closeRequested, preferLocal: false);

    /// <summary>The server stops: the hub hears that the connection is over.</summary>
    public void End() => _reader.End();

    /// <summary>Once a second.</summary>
    public void Beat(DateTimeOffset now, TimeSpan sendWithin)
    {
        if (_writer.HasBeenSendingFor(sendWithin))
        {
            Abort();
            return;
        }

        if (now >= _expires && !_closeRequested.IsCancellationRequested)
        {
            RequestClose();
        }

        foreach (var (beat, state) in _beats)
        {
            beat(state);
        }
    }

    /// <summary>The hub is done with it: what it said last is sent, then the close frame, and the client's is awaited. Never throws.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, TimeSpan within, TimeProvider time)
    {
        try
        {
            if (!_isAborted)
            {
                await PartAsync(status).WaitAsync(within, time);
            }
        }
#pragma warning disable CA1031 // The client does not answer, or went away meanwhile, or whatever it was: it is over in any case.
        catch (Exception)
#pragma warning restore CA1031
        {
            Abort();
        }
        finally
        {
            // The request goes back to the server: whoever still has the connection must not cut what comes next.
            Volatile.Write(ref _isAborted, true);
            await _writer.CompleteAsync();
            await _reader.CompleteAsync();
        }
    }

    private async Task PartAsync(WebSocketCloseStatus status)
    {
        await _answer;
        await _writer.AllSentAsync();
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(status, "", CancellationToken.None);
        }

        await _reader.ReadToEndAsync();
    }

    /// <summary>Before the hub takes its leave, which may take a while.</summary>
    private void AnswerClose() => _answer = AnswerCloseAsync();

    private async Task AnswerCloseAsync()
    {
        try
        {
            await _writer.AllSentAsync();
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Closed by both at once, or the client did not wait for the answer.
        }
    }
}
