using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests;

/// <summary>For what no event tells: asks again until it is so, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(Func<bool> condition, TimeSpan? limit = null) => TrueAsync(() => Task.FromResult(condition()), limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        async Task AskAsync()
        {
            while (!await condition())
            {
                await Task.Delay(AskEvery, TimeProvider.System);
            }
        }

        await AskAsync().Within(limit);
    }
}
