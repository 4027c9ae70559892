using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Deploy;

/// <summary>A real nginx with <c>deploy/nginx.conf</c>, in which only addresses and places of files are replaced.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private const string InstalledOutsideThePath = "/usr/sbin/nginx";

    private readonly TemporaryFolder _folder = new();
    private readonly PortLease _port = PortLease.Take();
    private ChildProcess? _process;

    /// <summary>Known before the nodes are started, which must know it.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port.Number}/");

    /// <summary>All that it logged, accesses and errors.</summary>
    public string Log => File.ReadAllText(_folder.File("access.log")) + File.ReadAllText(_folder.File("error.log"));

    public async Task StartAsync(IReadOnlyList<ServerProcess> nodes)
    {
        var configuration = _folder.File("nginx.conf");
        await File.WriteAllTextAsync(configuration, Adapt(await File.ReadAllTextAsync(Checkout.File("deploy/nginx.conf")), nodes));
        var globals = $"daemon off; pid {_folder.File("nginx.pid")};" + (Environment.IsPrivilegedProcess ? " user root;" : "");
        var start = new ProcessStartInfo(File.Exists(InstalledOutsideThePath) ? InstalledOutsideThePath : "nginx", ["-c", configuration, "-g", globals]);
        var said = new ConcurrentQueue<string>();
        _process = ChildProcess.Start(start, said.Enqueue, said.Enqueue);
        await _process.ReadyAsync(AcceptsAsync, () => string.Join('\n', said));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasEnded: false })
        {
            await _process.StopAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _port.Dispose();
        _folder.Dispose();
    }

    private string Adapt(string shipped, IReadOnlyList<ServerProcess> nodes)
    {
        var adapted = Replace(shipped, "listen 80", $"listen 127.0.0.1:{_port.Number}");
        adapted = Replace(adapted, "access_log /dev/stdout", $"access_log {_folder.File("access.log")}");
        adapted = Replace(adapted, "error_log /dev/stderr", $"error_log {_folder.File("error.log")}");
        adapted = Replace(adapted, "http {", $"http {{ client_body_temp_path {_folder.File("body")}; proxy_temp_path {_folder.File("proxy")};");
        for (var number = 1; number <= nodes.Count; number++)
        {
            adapted = Replace(adapted, $"server node-{number}:5080", $"server 127.0.0.1:{nodes[number - 1].Port}");
            adapted = Replace(adapted, $"server node-{number}:5082", $"server localhost:{nodes[number - 1].ViewerAddress.Port}");
        }

        return adapted;
    }

    private static string Replace(string text, string shipped, string own)
    {
        Assert.Contains(shipped, text, StringComparison.Ordinal);
        return text.Replace(shipped, own, StringComparison.Ordinal);
    }

    private async Task<bool> AcceptsAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port.Number);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
