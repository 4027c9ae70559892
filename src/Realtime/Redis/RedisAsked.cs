using System.Net;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>One server that is asked about itself. Errors that it answers are <see cref="RedisServerException"/>, unless they speak of its state.</summary>
internal sealed class RedisAsked(IServer server, TimeSpan limit, TimeProvider clock)
{
    public EndPoint EndPoint => server.EndPoint;

    public Task<string> InfoAsync() => AskAsync(() => server.InfoRawAsync());

    /// <summary>Null where Redis does not know it.</summary>
    public async Task<string?> SettingAsync(string name)
    {
        var found = await AskAsync(() => server.ConfigGetAsync(name)).ConfigureAwait(false);
        return found.Length == 1 ? found[0].Value : null;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().WaitAsync(limit, clock).ConfigureAwait(false);
        }
        catch (Exception error) when (RedisErrors.IsUnavailable(error))
        {
            throw new StoreUnavailableException("Redis did not tell its settings.", error);
        }
    }
}
