using System.Buffers;
using System.Net;
using System.Text;
using CoPilot.HubClient;

namespace CoPilot.LoadRunner.Wire;

/// <summary>Takes what a call came to; on the thread that received it.</summary>
internal interface IAnswerReceiver
{
    void Answered(HubDialect dialect, ReadOnlySpan<byte> body);

    void Failed(Exception error);
}

/// <summary>Takes what a server says unasked; on the thread that received it, in order.</summary>
internal interface IHubReceiver
{
    void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body);

    /// <summary>Once; null when this side ended it.</summary>
    void Ended(LoadHub hub, Exception? error);
}

/// <summary>A connection to a SignalR hub, or to what its dialect makes look like one, as lean as a load needs it. It does not reconnect. Thread-safe.</summary>
internal sealed class LoadHub : IWireReceiver, IDisposable
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, IAnswerReceiver> _calls = [];
    private readonly TaskCompletionSource _shaken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HubDialect _dialect;
    private readonly IHubReceiver _receiver;
    private LoadSocket? _socket;
    private byte[] _rest = [];
    private int _lastCall;
    private string? _closing;
    private bool _isShaken;
    private volatile bool _hasEnded;

    private LoadHub(HubDialect dialect, IHubReceiver receiver) => (_dialect, _receiver) = (dialect, receiver);

    public HubDialect Dialect => _dialect;

    public bool HasEnded => _hasEnded;

    /// <param name="hub">The hub's whole address, <c>http://127.0.0.1:5080/hubs/chat</c>.</param>
    public static async Task<LoadHub> ConnectAsync(
        Uri hub, string? bearer, HubDialect dialect, IHubReceiver receiver, IPAddress? from = null, CancellationToken cancellationToken = default)
    {
        var connection = new LoadHub(dialect, receiver) { _socket = await LoadSocket.ConnectAsync(hub, bearer, from, cancellationToken) };
        try
        {
            connection._socket.Start(connection);
            connection._socket.Send(dialect.HandshakeRequest, dialect.IsText);
            await connection._shaken.Task.WaitAsync(cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Returns when it is sent.</summary>
    public void Post(string method, object request, IAnswerReceiver answer)
    {
        int callId;
        lock (_gate)
        {
            if (!_hasEnded)
            {
                callId = ++_lastCall;
                _calls.Add(callId, answer);
            }
            else
            {
                callId = 0;
            }
        }

        if (callId == 0)
        {
            answer.Failed(new IOException("The connection has ended."));
            return;
        }

        var output = _output ??= new ArrayBufferWriter<byte>(1024);
        output.ResetWrittenCount();
        _dialect.WriteCall(output, callId, method, request);
        _socket!.Send(output.WrittenSpan, _dialect.IsText);
    }

    /// <exception cref="HubRefusalException">The server refused it.</exception>
    /// <exception cref="IOException">The connection ended; the outcome is unknown.</exception>
    public Task<T> CallAsync<T>(string method, object request)
    {
        var call = new AwaitedCall<T>();
        Post(method, request, call);
        return call.Task;
    }

    public void Ping() => _socket!.Send(_dialect.Ping, _dialect.IsText);

    public void Dispose() => _socket?.Dispose();

    public void Receive(ReadOnlySpan<byte> message)
    {
        if (_rest.Length > 0)
        {
            byte[] joined = [.. _rest, .. message];
            _rest = [];
            message = joined;
        }

        if (!_isShaken && !TryShake(ref message))
        {
            _rest = message.ToArray();
            return;
        }

        while (_dialect.TryTake(ref message, out var frame))
        {
            Take(frame);
        }

        if (message.Length > 0)
        {
            _rest = message.ToArray();
        }
    }

    public void Closed(Exception? error)
    {
        List<IAnswerReceiver> calls;
        lock (_gate)
        {
            _hasEnded = true;
            calls = [.. _calls.Values];
            _calls.Clear();
        }

        var reason = error is null ? new IOException("The connection was closed.") : new IOException(_closing ?? error.Message, error);
        _shaken.TrySetException(reason);
        foreach (var call in calls)
        {
            call.Failed(reason);
        }

        _receiver.Ended(this, error is null ? null : reason);
    }

    /// <summary>False while the answer to the handshake is not there as a whole.</summary>
    private bool TryShake(ref ReadOnlySpan<byte> message)
    {
        if (!_dialect.TryShake(ref message, out var refusal))
        {
            return false;
        }

        _isShaken = true;
        if (refusal is null)
        {
            _shaken.TrySetResult();
        }
        else
        {
            _shaken.TrySetException(new IOException($"The handshake was refused: {refusal}"));
        }

        return true;
    }

    private void Take(HubFrame frame)
    {
        switch (frame.Kind)
        {
            case HubFrameKind.Event:
                _receiver.Heard(this, frame.Target, frame.Body);
                break;
            case HubFrameKind.Answer:
                TakeCall(frame.CallId)?.Answered(_dialect, frame.Body);
                break;
            case HubFrameKind.Refusal:
                TakeCall(frame.CallId)?.Failed(HubRefusalException.Parse(Encoding.UTF8.GetString(frame.Body), null));
                break;
            case HubFrameKind.Ping:
                Ping();
                break;
            case HubFrameKind.Close:
                _closing = $"The server closed the connection: {Encoding.UTF8.GetString(frame.Body)}";
                break;
            default:
                break;
        }
    }

    private IAnswerReceiver? TakeCall(int callId)
    {
        lock (_gate)
        {
            return _calls.Remove(callId, out var call) ? call : null;
        }
    }

    private sealed class AwaitedCall<T> : IAnswerReceiver
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _answer.Task;

        public void Answered(HubDialect dialect, ReadOnlySpan<byte> body) => _answer.TrySetResult(dialect.Read<T>(body));

        public void Failed(Exception error) => _answer.TrySetException(error);
    }
}
