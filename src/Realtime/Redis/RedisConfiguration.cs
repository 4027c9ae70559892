using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// The operator's connection string, read once, and the client library's options made of it for each purpose. No message here repeats a value: a password
/// with a comma in it ends up in any of them.
/// </summary>
internal sealed class RedisConfiguration
{
    private const int DefaultConnectTimeout = 2_000;
    private const int DefaultKeepAlive = 5;

    private static readonly Dictionary<string, string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        ["channelPrefix"] = "scripts publish too and would not know it; the key prefix is in front of channels already",
        ["proxy"] = "a proxy carries no publish and subscribe",
        ["user"] = "the client library sends no user name; give the default user a password",
    };

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "abortConnect", "allowAdmin", "configChannel", "configCheckSeconds", "connectRetry", "connectTimeout", "defaultDatabase", "highPriorityThreads", "keepAlive",
        "name", "password", "resolveDns", "responseTimeout", "serviceName", "ssl", "sslHost", "sslProtocols", "syncTimeout", "tieBreaker", "version", "writeBuffer",
    };

    private readonly string _text;
    private readonly HashSet<string> _given;

    private RedisConfiguration(string text, HashSet<string> given)
    {
        (_text, _given) = (text, given);
        var options = ConfigurationOptions.Parse(text);
        ServiceName = string.IsNullOrEmpty(options.ServiceName) ? null : options.ServiceName;
        (HasPassword, HasTls) = (!string.IsNullOrEmpty(options.Password), options.Ssl);
    }

    /// <summary>Set when the addresses are those of Sentinels.</summary>
    public string? ServiceName { get; }

    public bool HasPassword { get; }

    public bool HasTls { get; }

    /// <exception cref="FormatException">With the reason and without any value.</exception>
    public static RedisConfiguration Parse(string text)
    {
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var entries = text.Split(',', StringSplitOptions.TrimEntries);
        var addresses = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var equals = entries[i].IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                RequireAddress(entries[i], i + 1);
                addresses++;
                continue;
            }

            var key = entries[i][..equals].Trim();
            RequireSetting(key, entries[i], i + 1);
            given.Add(key);
        }

        return addresses > 0 ? new RedisConfiguration(text, given) : throw Wrong("it names no address; HOST:PORT is expected first");
    }

    /// <summary>Commands need no subscription connection, so none is opened.</summary>
    public ConfigurationOptions ForCommands(EndPoint? primary)
    {
        var options = ForData(primary, "commands");
        options.CommandMap = CommandMap.Create(["SUBSCRIBE"], available: false);

        // For CONFIG GET; the library's lock on commands that no feature of ours sends.
        options.AllowAdmin = true;
        return options;
    }

    /// <summary>For connections that the library has no part in.</summary>
    public ConfigurationOptions ForPipeline(EndPoint? primary) => ForData(primary, "pipeline");

    public ConfigurationOptions ForListener(EndPoint? primary) => ForData(primary, "listener");

    public ConfigurationOptions ForSubscriptions(EndPoint? primary) => ForData(primary, "subscriptions");

    public ConfigurationOptions ForSentinels()
    {
        var options = For("sentinels");
        options.ServiceName = null;
        options.DefaultDatabase = null;

        // The library's own map for Sentinels knows no AUTH.
        options.CommandMap = CommandMap.Create(["AUTH", "PING", "INFO", "SENTINEL"], available: true);
        return options;
    }

    private static void RequireAddress(string entry, int number)
    {
        // The library drops what it cannot read, IPv6 addresses in brackets for one.
        var colon = entry.LastIndexOf(':');
        var host = colon < 0 ? entry : entry[..colon];
        var isHost = Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
        var isPort = colon < 0 || (ushort.TryParse(entry[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0);
        if (!isHost || !isPort)
        {
            throw Wrong($"entry {number} is neither HOST:PORT nor NAME=VALUE (a password cannot hold a comma, and an IPv6 address needs a host name)");
        }
    }

    private static void RequireSetting(string key, string entry, int number)
    {
        if (Refused.TryGetValue(key, out var reason))
        {
            throw Wrong($"'{key}' cannot be used: {reason}");
        }

        if (!Known.Contains(key))
        {
            throw Wrong($"entry {number} is a setting that is not known; known are {string.Join(", ", Known.Order(StringComparer.Ordinal))}");
        }

        try
        {
            ConfigurationOptions.Parse("localhost," + entry);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            throw Wrong($"'{key}' has a value that cannot be read");
        }
    }

    private static FormatException Wrong(string reason) => new($"The connection string of Redis cannot be used: {reason}.");

    private ConfigurationOptions ForData(EndPoint? primary, string purpose)
    {
        var options = For(purpose);
        options.ServiceName = null;
        if (primary is not null)
        {
            options.EndPoints.Clear();
            options.EndPoints.Add(primary);
        }

        return options;
    }

    private ConfigurationOptions For(string purpose)
    {
        var options = ConfigurationOptions.Parse(_text);
        options.ClientName = $"{(string.IsNullOrEmpty(options.ClientName) ? "copilot" : options.ClientName)}-{purpose}";
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ConnectTimeout = _given.Contains("connectTimeout") ? options.ConnectTimeout : DefaultConnectTimeout;
        options.KeepAlive = _given.Contains("keepAlive") ? options.KeepAlive : DefaultKeepAlive;

        // Keys and channels of the library's own would be shared with every application on this Redis.
        options.TieBreaker = "";
        options.ConfigurationChannel = "";
        return options;
    }
}
