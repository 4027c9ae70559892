using System.Net;

namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>
/// A connection on which one Redis sends what is published to the channels that were asked for. Who hears it does so in the thread that received it, one message at a
/// time and in their order; meanwhile nothing more is received, and the network holds Redis back. Thread-safe.
/// <para><b>Failure.</b> A connection that ended stays so; what was published meanwhile is lost.</para>
/// </summary>
internal sealed class PipelineListener : IPipelineEnd, IRedisSource
{
    private readonly RespStream _stream;
    private readonly Action _ended;
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _asked = new();
    private readonly Queue<ReadOnlyMemory<byte>> _unsent = new();
    private bool _isSending;
    private volatile Action<string, byte[]>? _heard;
    private volatile bool _hasEnded;

    /// <param name="ended">Called once on any thread when it ends, but not when it is disposed.</param>
    public PipelineListener(RespStream stream, Action ended)
    {
        (_stream, _ended) = (stream, ended);
        _ = ReceiveAsync();
    }

    public bool IsOpen => !_hasEnded;

    public bool HoldsBack => true;

    public EndPoint Address => _stream.Address;

    /// <summary>Returns when Redis has confirmed it. What the channel brings goes to <paramref name="heard"/>, which is the same for all channels.</summary>
    /// <exception cref="StoreUnavailableException">The connection has ended.</exception>
    public Task SubscribeAsync(string channel, Action<string, byte[]> heard, CancellationToken deadline)
    {
        _heard = heard;
        return Ask(new ExecuteRequest("SUBSCRIBE", [channel])).WaitAsync(deadline);
    }

    /// <summary>Nobody waits for it; goes ahead of what is asked later.</summary>
    public void Unsubscribe(string channel) => _ = Ask(new ExecuteRequest("UNSUBSCRIBE", [channel]));

    /// <summary>Returns with the answer or the connection's end, however long that takes.</summary>
    public async Task PingAsync() => await Ask(new ExecuteRequest("PING", [])).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose() => End(new ObjectDisposedException(nameof(PipelineListener)), isDisposal: true);

    private Task Ask(ExecuteRequest request)
    {
        var bytes = new RespBuffer();
        request.WriteTo(bytes);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_hasEnded)
            {
                return Task.FromException(new StoreUnavailableException("Redis has no connection for subscriptions."));
            }

            _asked.Enqueue(asked);
            _unsent.Enqueue(bytes.Written);
            if (_isSending)
            {
                return asked.Task;
            }

            _isSending = true;
        }

        _ = SendUnsentAsync();
        return asked.Task;
    }

    private async Task SendUnsentAsync()
    {
        try
        {
            while (TakeUnsent() is { } request)
            {
                await _stream.SendAsync(request).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever it is, nothing more can be sent; and nobody awaits this.
        catch (Exception error)
#pragma warning restore CA1031
        {
            End(error);
        }
    }

    private ReadOnlyMemory<byte>? TakeUnsent()
    {
        lock (_gate)
        {
            _isSending = _unsent.TryDequeue(out var request) && !_hasEnded;

            // Without the cast null would be an empty request.
            return _isSending ? request : (ReadOnlyMemory<byte>?)null;
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                _stream.Take(await _stream.ReceiveAsync().ConfigureAwait(false));
                while (_stream.TryRead(out var push))
                {
                    Hear(push);
                }
            }
        }
#pragma warning disable CA1031 // Whatever it is, nothing more is heard here; and this is the top of a thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            End(error);
        }
    }

    /// <summary>A message, or the answer to what was asked first: <c>subscribe</c>, <c>unsubscribe</c> or <c>pong</c>.</summary>
    private void Hear(RedisReply push)
    {
        // Before the first subscription a ping is answered as on any connection.
        if (push.Error is null && push.IsArray && (RedisReply[])push is [var kind, var channel, var message] && (string)kind == "message")
        {
            _heard?.Invoke((string)channel, (byte[])message);
            return;
        }

        TaskCompletionSource? asked;
        lock (_gate)
        {
            asked = _asked.TryDequeue(out var first) ? first : throw new InvalidDataException("Redis answered what nobody asked.");
        }

        if (push.Error is { } error)
        {
            asked.SetException(new RedisErrorException(error));
        }
        else
        {
            asked.SetResult();
        }
    }

    private void End(Exception reason, bool isDisposal = false)
    {
        TaskCompletionSource[] lost;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            lost = [.. _asked];
            _asked.Clear();
            _unsent.Clear();
        }

        _stream.Dispose();
        foreach (var asked in lost)
        {
            asked.SetException(new StoreUnavailableException("The connection for subscriptions ended before Redis answered.", reason));
        }

        if (!isDisposal)
        {
            _ended();
        }
    }
}
