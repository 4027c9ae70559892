using System.Runtime.CompilerServices;

namespace CoPilot.TestKit;

/// <summary>Every wait in a test ends: these fail with what was waited for instead of hanging.</summary>
public static class Deadline
{
    /// <summary>Far above what anything here takes, so that only a real hang meets it, also on a busy machine.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    public static async Task<T> Within<T>(this Task<T> task, TimeSpan? limit = null, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            return await task.WaitAsync(limit ?? Default);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not within {limit ?? Default}: {what}");
        }
    }

    public static async Task Within(this Task task, TimeSpan? limit = null, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            await task.WaitAsync(limit ?? Default);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not within {limit ?? Default}: {what}");
        }
    }
}
