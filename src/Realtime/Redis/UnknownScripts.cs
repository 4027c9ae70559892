using System.Collections.Concurrent;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// Teaches Redis what it did not know by its hash or name. Of many who hear so at once one does, and the others call again once that was answered: a script has tens of
/// kilobytes, and five hundred times that filled all that may wait for Redis, where five hundred hashes are nothing. Thread-safe.
/// </summary>
internal sealed class UnknownScripts
{
    private readonly ConcurrentDictionary<object, Task> _taught = new();
    private long _lessons;

    /// <summary>How many lessons have ended; to be read before what may turn out to be unknown is called.</summary>
    public long Lessons => Volatile.Read(ref _lessons);

    /// <param name="lesson">What is taught together: a library, or a script that stands alone.</param>
    /// <param name="lessonsBefore"><see cref="Lessons"/> before the call that was not known. Where one ended since, Redis may have learnt it, and is asked again first.</param>
    /// <param name="call">Calls again what was not known.</param>
    /// <param name="teach">Teaches it, and then answers as the call does.</param>
    public async Task<RedisReply> CallAsync(object lesson, long lessonsBefore, Func<Task<RedisReply>> call, Func<Task<RedisReply>> teach)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taught = _taught.GetOrAdd(lesson, answered.Task);
        if (taught == answered.Task)
        {
            try
            {
                return await (Lessons == lessonsBefore ? teach() : CallOrTeachAsync(call, teach)).ConfigureAwait(false);
            }
            finally
            {
                // Counted before it is removed, so that whoever teaches next knows of it; removed before the others go on.
                Interlocked.Increment(ref _lessons);
                _taught.TryRemove(lesson, out _);
                answered.SetResult();
            }
        }

        await taught.ConfigureAwait(false);

        // It was perhaps taught to another member of the cluster, or in vain.
        return await CallOrTeachAsync(call, teach).ConfigureAwait(false);
    }

    private static async Task<RedisReply> CallOrTeachAsync(Func<Task<RedisReply>> call, Func<Task<RedisReply>> teach)
    {
        var reply = await call().ConfigureAwait(false);
        return RedisErrors.IsUnknownScript(reply.Error) ? await teach().ConfigureAwait(false) : reply;
    }
}
