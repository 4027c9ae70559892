using System.Runtime.CompilerServices;
using Xunit;

namespace CoPilot.TestKit;

/// <summary>For what no event tells: asks again until it is so, with a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(Func<bool> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), limit, what);

    public static async Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        // Nobody asks on behind a test that failed or was stopped.
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        try
        {
            await AskAsync(asking.Token).Within(limit, what);
        }
        finally
        {
            await asking.CancelAsync();
        }

        async Task AskAsync(CancellationToken over)
        {
            while (!await condition())
            {
                await Task.Delay(AskEvery, TimeProvider.System, over);
            }
        }
    }
}
