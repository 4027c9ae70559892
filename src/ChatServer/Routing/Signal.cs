using System.Threading.Channels;

namespace CoPilot.ChatServer.Routing;

/// <summary>Wakes one waiter. Set any number of times before it is waited for, it wakes once: hints coalesce. Thread-safe.</summary>
internal sealed class Signal
{
    /// <summary>Timers cannot be set for longer than some weeks; a waiter that wakes for nothing just waits again.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _raised.Writer.TryWrite(true);

    /// <summary>Returns when set, at the latest after the time given; answers whether it was set.</summary>
    public async Task<bool> WaitAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (limit <= TimeSpan.Zero)
        {
            return false;
        }

        using var timeout = new CancellationTokenSource(limit < LongestWait ? limit : LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _raised.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
