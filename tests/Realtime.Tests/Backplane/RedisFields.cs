using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Backplane;

internal static class RedisFields
{
    /// <summary>All names that nodes are entered for.</summary>
    public static async Task<List<string>> OfAsync(RedisServer redis, string prefix) =>
        [.. (await EntriesAsync(redis, prefix)).Select(entry => entry.Field)];

    public static async Task<List<(string Field, string Nodes)>> EntriesAsync(RedisServer redis, string prefix)
    {
        var entries = new List<(string, string)>();
        foreach (var key in await redis.KeysAsync())
        {
            if (key.StartsWith(prefix + ":{hub:", StringComparison.Ordinal) && key.EndsWith(":members", StringComparison.Ordinal))
            {
                var answer = (object?[])(await redis.CommandAsync("HGETALL", key))!;
                for (var i = 0; i < answer.Length; i += 2)
                {
                    entries.Add(((string)answer[i]!, (string)answer[i + 1]!));
                }
            }
        }

        return entries;
    }
}
