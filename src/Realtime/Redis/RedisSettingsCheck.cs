using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>Compares a Redis' settings with what keeps what it is given: each server's memory and disk, and the way to it.</summary>
public sealed class RedisSettingsCheck(RedisConnections redis)
{
    /// <summary>One for each setting that is not as it should be; none when all is well. Replicas are not asked.</summary>
    /// <exception cref="StoreUnavailableException">Redis is out of reach; nothing was checked.</exception>
    public async Task<IReadOnlyList<RedisSettingWarning>> RunAsync()
    {
        var servers = redis.Servers();
        var warnings = new List<(RedisSettingWarning Warning, EndPoint? Server)>();
        foreach (var warning in OfTheWay(redis.Configuration, servers.Select(server => server.EndPoint)))
        {
            warnings.Add((warning, null));
        }

        var primaries = 0;
        foreach (var server in servers)
        {
            var info = await InfoAsync(server).ConfigureAwait(false);
            if (info is null)
            {
                warnings.Add((NotPermitted("INFO", "appendonly, maxmemory-policy, min-replicas-to-write"), server.EndPoint));
            }
            else if (info.GetValueOrDefault("role") != "slave")
            {
                primaries++;
                warnings.AddRange((await OfServerAsync(server, info).ConfigureAwait(false)).Select(warning => (warning, (EndPoint?)server.EndPoint)));
            }
        }

        return [.. Merge(warnings, primaries)];
    }

    internal static IEnumerable<RedisSettingWarning> OfTheWay(RedisConfiguration configuration, IEnumerable<EndPoint> addresses)
    {
        if (addresses.All(IsThisMachine))
        {
            yield break;
        }

        if (!configuration.HasTls)
        {
            yield return new("ssl", "false", "true", "Everything that is said, and the password, can be read and changed on the way to Redis.");
        }

        if (!configuration.HasPassword)
        {
            yield return new("requirepass", "none", "a long random password", "Whoever reaches Redis' port reads, changes and deletes everything.");
        }
    }

    private static bool IsThisMachine(EndPoint address) => address switch
    {
        IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
        DnsEndPoint dns => dns.Host is "localhost" || (IPAddress.TryParse(dns.Host, out var ip) && IPAddress.IsLoopback(ip)),
        _ => false,
    };

    private static async Task<List<RedisSettingWarning>> OfServerAsync(RedisAsked server, Dictionary<string, string> info)
    {
        var warnings = new List<RedisSettingWarning>();
        var isLogged = info.GetValueOrDefault("aof_enabled") == "1";
        if (!isLogged)
        {
            warnings.Add(new("appendonly", "no", "yes", "A restart of Redis loses everything since its last snapshot, or everything."));
        }

        if (info.GetValueOrDefault("maxmemory", "0") != "0" && info.GetValueOrDefault("maxmemory_policy") is { } policy and not "noeviction")
        {
            warnings.Add(new("maxmemory-policy", policy, "noeviction", "A full Redis throws away what it was given, without telling anybody."));
        }

        await AddOfConfigurationAsync(server, isLogged, info.GetValueOrDefault("connected_slaves", "0") != "0", warnings).ConfigureAwait(false);
        return warnings;
    }

    private static async Task AddOfConfigurationAsync(RedisAsked server, bool isLogged, bool hasReplicas, List<RedisSettingWarning> warnings)
    {
        try
        {
            if (isLogged && await server.SettingAsync("appendfsync").ConfigureAwait(false) is { } sync and not ("always" or "everysec"))
            {
                warnings.Add(new("appendfsync", sync, "always, or everysec", "A machine that loses power loses what it had not written yet, about half a minute."));
            }

            if (hasReplicas && await server.SettingAsync("min-replicas-to-write").ConfigureAwait(false) == "0")
            {
                warnings.Add(new("min-replicas-to-write", "0", "1", "A primary that is cut off goes on taking what the replica that replaces it never gets."));
            }
        }
        catch (RedisServerException)
        {
            warnings.Add(NotPermitted("CONFIG GET", isLogged ? "appendfsync, min-replicas-to-write" : "min-replicas-to-write"));
        }
    }

    private static RedisSettingWarning NotPermitted(string command, string settings) =>
        new(command, "not permitted", "permitted, or the settings checked by hand", $"Not checked: {settings}.");

    private static async Task<Dictionary<string, string>?> InfoAsync(RedisAsked server)
    {
        try
        {
            var info = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var line in (await server.InfoAsync().ConfigureAwait(false)).Split("\r\n"))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                {
                    info[line[..colon]] = line[(colon + 1)..];
                }
            }

            return info;
        }
        catch (RedisServerException)
        {
            return null;
        }
    }

    /// <summary>What several servers have in common is one warning, which says where unless it is everywhere.</summary>
    private static IEnumerable<RedisSettingWarning> Merge(List<(RedisSettingWarning Warning, EndPoint? Server)> warnings, int primaries)
    {
        foreach (var same in warnings.GroupBy(each => each.Warning))
        {
            var servers = same.Where(each => each.Server is not null).Select(each => RedisAddress.Of(each.Server!)).ToList();
            yield return servers.Count == 0 || servers.Count >= primaries
                ? same.Key
                : same.Key with { Found = string.Create(CultureInfo.InvariantCulture, $"{same.Key.Found} (at {string.Join(", ", servers)})") };
        }
    }
}
