using CoPilot.Realtime;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Redis;

internal static class RedisCalls
{
    /// <summary>As every client must, repeats the same call while Redis is away.</summary>
    public static async Task<T> UntilAvailableAsync<T>(Func<Task<T>> call)
    {
        T? answer = default;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                answer = await call();
                return true;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        });
        return answer!;
    }
}
