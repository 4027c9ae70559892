using System.Threading.Channels;

namespace CoPilot.Realtime.Nodes;

/// <summary>
/// Counts the reasons to believe that frames were lost, and how many of them are made good. Starting is the first. Thread-safe.
/// </summary>
internal sealed class NodeDoubts
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _raised;
    private long _settled;

    public NodeDoubts() => Raise();

    public long Raised => Volatile.Read(ref _raised);

    public bool AreSettled => Volatile.Read(ref _settled) == Raised;

    public void Raise()
    {
        Interlocked.Increment(ref _raised);
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Made good is what was raised before; doubts raised meanwhile remain.</summary>
    public void Settle(long raised) => Volatile.Write(ref _settled, raised);

    /// <summary>Returns while there are doubts to settle.</summary>
    public async Task UnsettledAsync(CancellationToken cancellationToken)
    {
        while (AreSettled)
        {
            await _signal.Reader.ReadAsync(cancellationToken);
        }
    }
}
