using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Connections;

/// <summary>
/// One open connection and its bound on unanswered sends. Sends of one thread arrive in the order in which it made them. Thread-safe.
/// </summary>
internal sealed class LiveConnection(HubConnectionContext context, int limit)
{
    private readonly Lock _gate = new();
    private HashSet<string>? _groups;
    private bool _hasEnded;
    private int _unanswered;
    private int _isAborted;

    public string Id => context.ConnectionId;

    public string? UserId => context.UserIdentifier;

    public HubConnectionContext Context => context;

    /// <summary>Hands the message to the transport and returns at once; false when that was one too many, and the connection is aborted.</summary>
    public bool TrySend(SerializedHubMessage message, ILogger logger)
    {
        if (Volatile.Read(ref _isAborted) == 1)
        {
            return true;
        }

        var unanswered = Interlocked.Increment(ref _unanswered);
        if (unanswered > limit)
        {
            Interlocked.Decrement(ref _unanswered);
            return !TryAbortSlow(unanswered, logger);
        }

        // Writes that the transport cannot take wait for their turn inside SignalR, first come first served, without holding this thread.
        var write = context.WriteAsync(message, CancellationToken.None);
        if (write.IsCompletedSuccessfully)
        {
            Interlocked.Decrement(ref _unanswered);
        }
        else
        {
            _ = AnswerAsync(write, logger);
        }

        return true;
    }

    /// <summary>
    /// Ends the transport, not the hub's session: that would tell the client in words to stay away, and wait behind what it does not read.
    /// The client sees a lost connection and comes back. False when it was aborted before.
    /// </summary>
    public bool Abort()
    {
        if (Interlocked.Exchange(ref _isAborted, 1) == 1)
        {
            return false;
        }

        // The transport first: SignalR's own abort lets another thread end the session before it cuts, and that thread may write a close frame.
        context.GetHttpContext()?.Abort();
        if (context.Features.Get<IConnectionLifetimeFeature>() is { } lifetime)
        {
            lifetime.Abort();
        }
        else
        {
            context.Abort();
        }

        return true;
    }

    /// <summary>Runs the step and answers true unless the connection is in the group already or has ended. Steps of one connection run one at a time.</summary>
    public bool TryEnter(string group, Action step)
    {
        lock (_gate)
        {
            if (_hasEnded || !(_groups ??= new HashSet<string>(StringComparer.Ordinal)).Add(group))
            {
                return false;
            }

            step();
            return true;
        }
    }

    public bool TryLeave(string group, Action step)
    {
        lock (_gate)
        {
            if (_groups is null || !_groups.Remove(group))
            {
                return false;
            }

            step();
            return true;
        }
    }

    /// <summary>Runs the step for each group; from then on the connection enters none.</summary>
    public IReadOnlyCollection<string> LeaveForever(Action<string> step)
    {
        lock (_gate)
        {
            _hasEnded = true;
            IReadOnlyCollection<string> groups = _groups ?? [];
            foreach (var group in groups)
            {
                step(group);
            }

            _groups = null;
            return groups;
        }
    }

    private bool TryAbortSlow(int unanswered, ILogger logger)
    {
        if (!Abort())
        {
            return false;
        }

        HubConnectionLog.AbortedSlow(logger, Id, unanswered);
        return true;
    }

    private async Task AnswerAsync(ValueTask write, ILogger logger)
    {
        try
        {
            await write;
        }
        catch (OperationCanceledException)
        {
            // The connection ended meanwhile.
        }
#pragma warning disable CA1031 // Nobody awaits this; whatever went wrong, this connection has a hole in what it was told and must come back.
        catch (Exception error)
#pragma warning restore CA1031
        {
            HubConnectionLog.SendFailed(logger, Id, error);
            Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _unanswered);
        }
    }
}
