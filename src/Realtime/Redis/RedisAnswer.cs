using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>Whether Redis answers at all, within <see cref="LimitSlices"/>.</summary>
internal static class RedisAnswer
{
    /// <summary>An error is an answer, and a connection that broke is the library's to mend; only silence counts.</summary>
    public static async Task<bool> ArrivesAsync(Func<Task> ask, TimeSpan limit, TimeProvider clock)
    {
        try
        {
            var answer = ask();
            for (var slice = 1; !await IsThereAsync(answer, LimitSlices.Of(limit), clock).ConfigureAwait(false); slice++)
            {
                if (slice == LimitSlices.Count)
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception error) when (error is RedisException || RedisErrors.IsUnavailable(error))
        {
            return true;
        }
    }

    private static async Task<bool> IsThereAsync(Task answer, TimeSpan limit, TimeProvider clock)
    {
        try
        {
            await answer.WaitAsync(limit, clock).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
