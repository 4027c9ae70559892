using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace CoPilot.TestKit;

/// <summary>
/// A real Redis of the test's own, on a port of its own that survives its restarts. Without arguments it keeps nothing on disk.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PortLease _port = PortLease.Take();
    private readonly string[] _arguments;
    private readonly RedisTls? _tls;
    private bool _isSentinel;
    private ChildProcess? _process;

    private RedisServer(string[] arguments, string? password, bool isTls)
    {
        (_arguments, Password) = (arguments, password);
        _tls = isTls ? RedisTls.Make(_folder) : null;
    }

    public int Port => _port.Number;

    public string? Password { get; }

    /// <summary>For <c>ConnectionStrings:Redis</c>.</summary>
    public string Configuration =>
        $"127.0.0.1:{Port}{(Password is null ? "" : $",password={Password}")}{(_tls is null ? "" : ",ssl=true,sslHost=localhost")}";

    public string Folder => _folder.Path;

    /// <summary>For a load run, which looks at what it uses; another one after <see cref="StartAgainAsync"/>.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>The certificate that a TLS server shows, in PEM; it is its own authority.</summary>
    public string? CertificateFile => _tls?.CertificateFile;

    /// <summary>Whether the last process that was started is gone.</summary>
    public bool HasEnded => _process is null or { HasEnded: true };

    /// <param name="arguments">As on Redis' own command line, such as <c>--appendonly yes --appendfsync always</c>, one word each.</param>
    public static Task<RedisServer> StartAsync(params string[] arguments) => StartAsync(arguments, password: null);

    public static Task<RedisServer> StartWithPasswordAsync(string password, params string[] arguments) =>
        StartAsync(["--requirepass", password, "--masterauth", password, .. arguments], password);

    /// <summary>The port speaks TLS only.</summary>
    public static Task<RedisServer> StartTlsAsync(params string[] arguments) => StartAsync(arguments, password: null, isTls: true);

    /// <summary>Arguments of a server that has every accepted write on disk before it answers.</summary>
    public static IReadOnlyList<string> Durable { get; } = ["--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"];

    /// <summary>With every accepted write on disk before it is answered.</summary>
    public static Task<RedisServer> StartDurableAsync(params string[] arguments) => StartAsync([.. Durable, .. arguments]);

    /// <summary>A Sentinel. It keeps what it knows in its configuration file, also over restarts.</summary>
    internal static async Task<RedisServer> StartSentinelAsync(string configuration)
    {
        var server = new RedisServer([], password: null, isTls: false) { _isSentinel = true };
        await File.WriteAllTextAsync(
            server.SentinelFile, $"port {server.Port}\nbind 127.0.0.1\ndir {server.Folder}\n{configuration}\n");
        return await StartAsync(server);
    }

    /// <summary>After <see cref="KillHardAsync"/>: the same port, the same files.</summary>
    public async Task StartAgainAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        var said = new ConcurrentQueue<string>();
        var start = new ProcessStartInfo("redis-server", CommandLine()) { WorkingDirectory = _folder.Path };
        _process = ChildProcess.Start(start, said.Enqueue, said.Enqueue);
        await _process.ReadyAsync(IsAnsweringAsync, () => string.Join('\n', said));
    }

    public Task KillHardAsync() => _process!.KillHardAsync();

    /// <summary>SIGSTOP: connections stay open and nothing answers.</summary>
    public void Freeze() => _process!.Freeze();

    public void Thaw() => _process!.Thaw();

    /// <summary>Any command, on a connection of its own. The answer is a string, a long, an array of answers or null.</summary>
    /// <exception cref="RedisAnsweredErrorException">Redis answered with an error.</exception>
    public async Task<object?> CommandAsync(params string[] words)
    {
        using var wire = await RedisWire.OpenAsync(Port, Password, _tls is not null).Within();
        return await wire.AskAsync(words).Within();
    }

    /// <summary>Every key of this server, sorted.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync()
    {
        using var wire = await RedisWire.OpenAsync(Port, Password, _tls is not null).Within();
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            var page = (object?[])(await wire.AskAsync("SCAN", cursor, "COUNT", "1000").Within())!;
            cursor = (string)page[0]!;
            keys.UnionWith(((object?[])page[1]!).Cast<string>());
        }
        while (cursor != "0");

        return [.. keys];
    }

    /// <summary>A line of <c>INFO</c>, such as <c>connected_clients</c>.</summary>
    public async Task<string> InfoAsync(string field)
    {
        var info = (string)(await CommandAsync("INFO", "everything"))!;
        return Array.Find(info.Split("\r\n"), line => line.StartsWith(field + ":", StringComparison.Ordinal))?[(field.Length + 1)..]
            ?? throw new ArgumentException($"INFO has no {field}.", nameof(field));
    }

    /// <summary>Breaks the connections of a kind: <c>normal</c>, <c>pubsub</c>, <c>replica</c> or <c>master</c>. Returns how many there were.</summary>
    public async Task<long> KillClientsAsync(string type) => (long)(await CommandAsync("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes"))!;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _port.Dispose();
        _folder.Dispose();
    }

    private static Task<RedisServer> StartAsync(string[] arguments, string? password, bool isTls = false) =>
        StartAsync(new RedisServer(arguments, password, isTls));

    private static async Task<RedisServer> StartAsync(RedisServer server)
    {
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private string SentinelFile => _folder.File("sentinel.conf");

    private string[] CommandLine()
    {
        if (_isSentinel)
        {
            return [SentinelFile, "--sentinel"];
        }

        var port = Port.ToString(CultureInfo.InvariantCulture);
        string[] ports = _tls is null ? ["--port", port] : ["--port", "0", "--tls-port", port, .. _tls.Arguments];
        return [.. ports, "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", .. _arguments];
    }

    private async Task<bool> IsAnsweringAsync()
    {
        try
        {
            await CommandAsync("PING");
            return true;
        }
        catch (RedisAnsweredErrorException error)
        {
            return !error.Message.StartsWith("LOADING", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }
}
