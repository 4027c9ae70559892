using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CoPilot.TestKit;

/// <summary>
/// A real Redis of the test's own, on a port of its own that survives its restarts. Without arguments it keeps nothing on disk.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly PortLease _port = PortLease.Take();
    private readonly string[] _arguments;
    private Process? _process;

    private RedisServer(string[] arguments) => _arguments = arguments;

    public int Port => _port.Number;

    /// <summary>For <c>ConnectionStrings:Redis</c>.</summary>
    public string Configuration => $"127.0.0.1:{Port}";

    public string Folder => _folder.Path;

    /// <param name="arguments">As on Redis' own command line, such as <c>--appendonly yes --appendfsync always</c>, one word each.</param>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(arguments);
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

    /// <summary>With every accepted write on disk before it is answered.</summary>
    public static Task<RedisServer> StartDurableAsync(params string[] arguments) =>
        StartAsync(["--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", .. arguments]);

    /// <summary>After <see cref="KillHardAsync"/>: the same port, the same files.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, WorkingDirectory = _folder.Path };
        string[] arguments =
            ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", .. _arguments];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        var process = _process;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        await AnsweringAsync(process).Within();
    }

    public async Task KillHardAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().Within();
    }

    /// <summary>SIGSTOP: connections stay open and nothing answers.</summary>
    public void Freeze() => Signal("-STOP");

    public void Thaw() => Signal("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Kill(_process);
            await _process.WaitForExitAsync().Within();
            _process.Dispose();
        }

        _port.Dispose();
        _folder.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task AnsweringAsync(Process process)
    {
        while (!await IsAnsweringAsync())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"Redis ended with code {process.ExitCode}.");
            }

            await Task.Delay(PollInterval, TimeProvider.System);
        }
    }

    /// <summary>Any answer but the one that it is still loading; one that asks for a password is an answer.</summary>
    private async Task<bool> IsAnsweringAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            await using var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            var buffer = new byte[64];
            var length = await stream.ReadAsync(buffer);
            return length > 0 && !Encoding.ASCII.GetString(buffer, 0, length).StartsWith("-LOADING", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}
