using System.Net;
using System.Runtime.CompilerServices;
using CoPilot.Realtime.Transport;

namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>
/// A pipelined connection to one Redis; replies complete commands in their order. Thread-safe.
/// <para><b>Sending.</b> Whoever gives a command while none is unanswered sends it at once. What is given until the answers are there leaves together then, as Nagle's
/// algorithm has it: nobody waits while there is little to do, and when there is much Redis reads and answers many in one go.</para>
/// <para><b>Threads.</b> Callers go on on the thread that received their replies, one after the other, with no hop between, and what they write to clients leaves when all
/// are through: who blocks there holds up the others.</para>
/// <para><b>Failure.</b> A command fails with <see cref="TimeoutException"/> when it was not answered in time and with <see cref="StoreUnavailableException"/> when
/// the connection ended or too much waits; except for the last its outcome is unknown. A connection that ended stays so.</para>
/// </summary>
internal sealed class PipelineConnection : IPipelineEnd
{
    /// <summary>As many as a Redis that stands still is given before callers hear that it does not keep up.</summary>
    internal const int MostWaiting = 32 * 1024;
    private const int MostUnsent = 16 * 1024 * 1024;

    /// <summary>So often a caller sends what others gave meanwhile before it sees to its own command again.</summary>
    private const int MostRounds = 8;

    private readonly RespStream _stream;
    private readonly Action _ended;
    private readonly Action _onReceived;
    private readonly Lock _gate = new();
    private readonly PipelineDeadline _deadline;
    private readonly Queue<PipelineCommand> _waiting = new();
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _receiving;
    private RespBuffer _unsent = new();
    private RespBuffer _spare = new();
    private bool _isSending;
    private int _unsentCount;
    private volatile bool _hasEnded;

    /// <param name="ended">Called once on any thread when it ends, but not when it is disposed.</param>
    public PipelineConnection(RespStream stream, TimeSpan commandLimit, TimeProvider clock, Action ended)
    {
        (_stream, _ended, _onReceived) = (stream, ended, OnReceived);
        _deadline = new PipelineDeadline(commandLimit, clock, EndOverdue);
        Receive();
    }

    public bool IsOpen => !_hasEnded;

    public EndPoint Address => _stream.Address;

    /// <summary>All that was sent. Under the gate.</summary>
    private bool IsAnswered => _waiting.Count == _unsentCount;

    /// <summary>The reply, which may be an error; null when the connection had ended before anything was written.</summary>
    public Task<RedisReply>? Send<TRequest>(in TRequest request)
        where TRequest : struct, IRespRequest => Send(request, isPing: false);

    public async Task PingAsync()
    {
        Task? answer = Send(new ExecuteRequest("PING", []), isPing: true);
        await (answer ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => End(new ObjectDisposedException(nameof(PipelineConnection)), isDisposal: true);

    /// <summary>A ping has no limit: one that was turned away would look like an answer.</summary>
    private Task<RedisReply>? Send<TRequest>(in TRequest request, bool isPing)
        where TRequest : struct, IRespRequest
    {
        PipelineCommand command;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return null;
            }

            if (!isPing && (_waiting.Count >= MostWaiting || _unsent.Length >= MostUnsent))
            {
                throw new StoreUnavailableException("Redis does not keep up with what it is asked.");
            }

            Write(request);
            command = new PipelineCommand(isPing ? PipelineDeadline.Never : _deadline.LastSlice);
            _waiting.Enqueue(command);
            _unsentCount++;
            if (_isSending || !IsAnswered)
            {
                return command.Task;
            }

            _isSending = true;
        }

        _ = SendUnsentAsync();
        return command.Task;
    }

    private void Write<TRequest>(in TRequest request)
        where TRequest : struct, IRespRequest
    {
        var before = _unsent.Length;
        try
        {
            request.WriteTo(_unsent);
        }
        catch
        {
            _unsent.Truncate(before);
            throw;
        }
    }

    private async Task SendUnsentAsync()
    {
        try
        {
            for (var round = 1; TakeUnsent() is { } commands; round++)
            {
                await _stream.SendAsync(commands.Written).ConfigureAwait(false);
                commands.Clear();
                _spare = commands;
                if (round % MostRounds == 0)
                {
                    await Task.Yield();
                }
            }
        }
#pragma warning disable CA1031 // Whatever it is, nothing more can be sent; and nobody awaits this.
        catch (Exception error)
#pragma warning restore CA1031
        {
            End(error);
        }
    }

    private RespBuffer? TakeUnsent()
    {
        lock (_gate)
        {
            if (_unsentCount == 0 || !IsAnswered || _hasEnded)
            {
                _isSending = false;
                return null;
            }

            var taken = _unsent;
            _unsent = _spare;
            _unsentCount = 0;
            return taken;
        }
    }

    private void Receive()
    {
#pragma warning disable CA2012 // Not awaited, so that a turn costs no state machine; it is consumed once, by the turn that it begins.
        _receiving = _stream.ReceiveAsync().ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        if (_receiving.IsCompleted)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.OnReceived(), this, preferLocal: false);
        }
        else
        {
            _receiving.UnsafeOnCompleted(_onReceived);
        }
    }

    /// <summary>What waits is sent, and receiving goes on, before callers do: Redis and they work at the same time.</summary>
    private void OnReceived()
    {
        PipelineCommand? answered = null;
        try
        {
#pragma warning disable VSTHRD002 // It is complete: that is why this is called.
            _stream.Take(_receiving.GetResult());
#pragma warning restore VSTHRD002
            ReadReplies(ref answered);
            SendNext();
            Receive();
        }
#pragma warning disable CA1031 // Whatever it is, nothing more can be understood; and this is the top of a thread.
        catch (Exception error)
#pragma warning restore CA1031
        {
            End(error);
        }

        using (JoinedSends.Begin())
        {
            Complete(answered);
        }
    }

    /// <param name="first">Of the commands whose replies arrived, in their order; also of those before one that cannot be understood.</param>
    private void ReadReplies(ref PipelineCommand? first)
    {
        PipelineCommand? last = null;
        while (_stream.TryRead(out var reply))
        {
            var command = TakeWaiting();
            command.Answer(reply);
            first ??= command;
            if (last is not null)
            {
                last.Next = command;
            }

            last = command;
        }
    }

    private PipelineCommand TakeWaiting()
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out var command) ? command : throw new InvalidDataException("Redis answered what nobody asked.");
        }
    }

    private void SendNext()
    {
        lock (_gate)
        {
            if (_isSending || !IsAnswered || _unsentCount == 0)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendUnsentAsync();
    }

    private static void Complete(PipelineCommand? answered)
    {
        while (answered is not null)
        {
            // Afterwards it is its caller's.
            var next = answered.Next;
            answered.Execute();
            answered = next;
        }
    }

    private void EndOverdue(long slice)
    {
        lock (_gate)
        {
            foreach (var command in _waiting)
            {
                if (command.LastSlice > slice && command.LastSlice != PipelineDeadline.Never)
                {
                    break;
                }

                if (command.LastSlice <= slice && !command.Task.IsCompleted)
                {
                    command.Fail(new TimeoutException("Redis did not answer in time."));
                }
            }
        }
    }

    private void End(Exception reason, bool isDisposal = false)
    {
        PipelineCommand[] lost;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            lost = [.. _waiting];
            _waiting.Clear();
        }

        _deadline.Dispose();
        _stream.Dispose();
        foreach (var command in lost)
        {
            command.Fail(new StoreUnavailableException("The connection to Redis ended before it answered.", reason));
        }

        if (!isDisposal)
        {
            _ended();
        }
    }
}
