namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>
/// A command that was given to Redis and its place in the order of replies, which it keeps when its caller no longer waits. Whoever waits goes on at once on the thread that completes it.
/// </summary>
/// <param name="lastSlice">At the end of which it ends without an answer.</param>
internal sealed class PipelineCommand(long lastSlice) : TaskCompletionSource<RedisReply>, IThreadPoolWorkItem
{
    private RedisReply _reply;
    private Exception? _failure;

    public long LastSlice { get; } = lastSlice;

    /// <summary>The one that was answered after it and is completed with it.</summary>
    public PipelineCommand? Next { get; set; }

    public void Answer(RedisReply reply) => _reply = reply;

    /// <summary>Its caller goes on on a thread of the pool.</summary>
    public void Fail(Exception failure)
    {
        _failure = failure;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Completes it; does nothing when it ended before.</summary>
    public void Execute()
    {
        if (_failure is not null)
        {
            TrySetException(_failure);
        }
        else
        {
            TrySetResult(_reply);
        }
    }
}
