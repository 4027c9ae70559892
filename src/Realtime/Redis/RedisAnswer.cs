using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// Whether Redis answers at all. The limit is counted in pieces, each with its own timer: after this process itself stood still (a paused machine, no thread free)
/// its timers are due before the answers that came meanwhile are read, and one that counted in one piece would take its own sleep for Redis'.
/// </summary>
internal static class RedisAnswer
{
    public const int Pieces = 8;

    /// <summary>An error is an answer, and a connection that broke is the library's to mend; only silence counts.</summary>
    public static async Task<bool> ArrivesAsync(Func<Task> ask, TimeSpan limit, TimeProvider clock)
    {
        try
        {
            var answer = ask();
            for (var piece = 1; !await IsThereAsync(answer, limit / Pieces, clock).ConfigureAwait(false); piece++)
            {
                if (piece == Pieces)
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
