using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Deploy;

/// <summary>A real nginx with <c>deploy/nginx.conf</c>, in which only addresses and places of files are replaced.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private const string InstalledOutsideThePath = "/usr/sbin/nginx";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly PortLease _port = PortLease.Take();
    private Process? _process;

    /// <summary>Known before the nodes are started, which must know it.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port.Number}/");

    /// <summary>All that it logged, accesses and errors.</summary>
    public string Log => File.ReadAllText(_folder.File("access.log")) + File.ReadAllText(_folder.File("error.log"));

    public async Task StartAsync(IReadOnlyList<ServerProcess> nodes)
    {
        var configuration = _folder.File("nginx.conf");
        await File.WriteAllTextAsync(configuration, Adapt(await File.ReadAllTextAsync(Checkout.File("deploy/nginx.conf")), nodes));
        var globals = $"daemon off; pid {_folder.File("nginx.pid")};" + (Environment.IsPrivilegedProcess ? " user root;" : "");
        var start = new ProcessStartInfo(File.Exists(InstalledOutsideThePath) ? InstalledOutsideThePath : "nginx", ["-c", configuration, "-g", globals])
        {
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        var process = _process;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillOrphan(process);
        while (!await AcceptsAsync())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"nginx ended with code {process.ExitCode}: {await errors}");
            }

            await Task.Delay(PollInterval, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync().Within();
        }

        _process?.Dispose();
        _port.Dispose();
        _folder.Dispose();
    }

    private string Adapt(string shipped, IReadOnlyList<ServerProcess> nodes)
    {
        var adapted = Replace(shipped, "listen 80;", $"listen 127.0.0.1:{_port.Number};");
        adapted = Replace(adapted, "access_log /dev/stdout", $"access_log {_folder.File("access.log")}");
        adapted = Replace(adapted, "error_log /dev/stderr", $"error_log {_folder.File("error.log")}");
        adapted = Replace(adapted, "http {", $"http {{ client_body_temp_path {_folder.File("body")}; proxy_temp_path {_folder.File("proxy")};");
        for (var number = 1; number <= nodes.Count; number++)
        {
            adapted = Replace(adapted, $"server node-{number}:5080", $"server 127.0.0.1:{nodes[number - 1].Port}");
        }

        return adapted;
    }

    private static void KillOrphan(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It was stopped, as it should be.
        }
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
