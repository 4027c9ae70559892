using System.Diagnostics;
using System.Globalization;

namespace CoPilot.TestKit;

/// <summary>
/// The built server as a real process, on ports and in a data folder of its own, in Development, so with the demo shop and the demo agents.
/// Disposing it fails the test when it logged a warning that nobody expected, or a secret.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly TemporaryFolder _folder = new();
    private readonly PortLease _port = PortLease.Take();
    private readonly PortLease _shopPort = PortLease.Take();
    private readonly string[] _arguments;
    private Process? _process;

    private ServerProcess(bool behindNetwork, string[] arguments)
    {
        Network = behindNetwork ? new TcpProxy(Port) : null;
        _arguments = arguments;
    }

    /// <summary>The server's root; on <c>127.0.0.1</c> where the shop is on <c>localhost</c>, so that the two share no cookies.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>The piece of network in front of the server, when the test asked for one.</summary>
    public TcpProxy? Network { get; }

    /// <summary>Where the shop's pages find the server, and where a console may be opened: behind <see cref="Network"/> if there is one.</summary>
    public Uri PublicAddress => Network is null ? Address : new($"http://127.0.0.1:{Network.Port}/");

    public Uri ShopAddress => new($"http://localhost:{_shopPort.Number}/");

    public int Port => _port.Number;

    public string DataFolder => _folder.File("data");

    public ServerLog Log { get; } = new();

    /// <param name="arguments">Configuration, such as <c>--Sites:demo:Queues:orders:AgentGrace=00:00:02</c>.</param>
    public static Task<ServerProcess> StartAsync(params string[] arguments) => StartAsync(behindNetwork: false, arguments);

    /// <summary>With a <see cref="Network"/> in front that can be cut.</summary>
    public static Task<ServerProcess> StartBehindNetworkAsync(params string[] arguments) => StartAsync(behindNetwork: true, arguments);
    /// <summary>After <see cref="KillHardAsync"/> or <see cref="StopAsync"/>: the same ports, the same data.</summary>
    public async Task StartAgainAsync()
    {
        _process = Launch();
        await ReadyAsync(_process).Within(StartLimit);
    }

    /// <summary><c>kill -9</c>: the process gets no chance to finish anything.</summary>
    public async Task KillHardAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync().Within();
    }

    /// <summary>SIGTERM, as an operator or a service manager sends it; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().Within();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await StopAsync();
        }

        // Waits for the last lines of the output too.
        _process?.WaitForExit();
        _process?.Dispose();
        if (Network is not null)
        {
            await Network.DisposeAsync();
        }

        _port.Dispose();
        _shopPort.Dispose();
        _folder.Dispose();
        Log.Check();
    }

    private static async Task<ServerProcess> StartAsync(bool behindNetwork, string[] arguments)
    {
        var server = new ServerProcess(behindNetwork, arguments);
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

    private Process Launch()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            // Not the repository: the server must not depend on where it is started.
            WorkingDirectory = _folder.Path,
        };
        string[] arguments =
        [
            BuiltServer(), $"--Urls=http://127.0.0.1:{Port}", $"--DemoShop:Urls=http://localhost:{_shopPort.Number}", $"--DataFolder={DataFolder}",
            "--Logging:Console:FormatterName=json", .. Network is null ? Array.Empty<string>() : [$"--PublicOrigins={Origin(PublicAddress)}"], .. _arguments,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data, "");
        process.ErrorDataReceived += (_, line) => Keep(line.Data, ServerLog.ErrorStream);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillOrphan(process);
        return process;
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <summary>Built beside this test, in the same configuration.</summary>
    private static string BuiltServer()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Checkout.File($"src/ChatServer/bin/{output.Parent!.Name}/{output.Name}/CoPilot.ChatServer.dll");
    }

    private void Keep(string? line, string source)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            Log.Add(source + line);
        }
    }

    private async Task ReadyAsync(Process process)
    {
        while (!await AnswersReadyAsync())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The server ended with code {process.ExitCode}:\n{Log.Text}");
            }

            await Task.Delay(PollInterval, TimeProvider.System);
        }
    }

    private async Task<bool> AnswersReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(Address, "readyz"));
            using var shop = await Http.GetAsync(ShopAddress);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static void KillOrphan(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended, as it should.
        }
    }
}
