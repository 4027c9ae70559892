using CoPilot.Realtime;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Redis;

internal static class RedisCalls
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>As every client must, repeats the same call while Redis is away.</summary>
    public static async Task<T> UntilAvailableAsync<T>(Func<Task<T>> call)
    {
        using var deadline = new CancellationTokenSource(Deadline.Default, TimeProvider.System);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(Pause, TimeProvider.System, deadline.Token);
            }
        }
    }
}
