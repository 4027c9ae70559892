using System.Diagnostics;
using System.Globalization;

namespace CoPilot.TestKit;

/// <summary>
/// The built server as a real process, on ports of its own, in Development, so with the demo shop and the demo agents. It has a data folder of its own
/// unless it is one of several nodes on Redis.
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
    private readonly ServerSetup _setup;
    private Process? _process;
    private bool _isFrozen;

    private ServerProcess(ServerSetup setup)
    {
        Network = setup.BehindNetwork ? new TcpProxy(Port) : null;
        _setup = setup;
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
    public static Task<ServerProcess> StartAsync(params string[] arguments) => StartAsync(new ServerSetup(arguments));

    /// <summary>With a <see cref="Network"/> in front that can be cut.</summary>
    public static Task<ServerProcess> StartBehindNetworkAsync(params string[] arguments) =>
        StartAsync(new ServerSetup(arguments) { BehindNetwork = true });

    public static async Task<ServerProcess> StartAsync(ServerSetup setup)
    {
        var server = new ServerProcess(setup);
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
        await SignalAsync("TERM");
        await _process!.WaitForExitAsync().Within();
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: the process stands still in the middle of whatever it does; its connections stay and nothing answers.</summary>
    public async Task FreezeAsync()
    {
        await SignalAsync("STOP");
        _isFrozen = true;
    }

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public async Task ThawAsync()
    {
        await SignalAsync("CONT");
        _isFrozen = false;
    }

    /// <summary>Runs a command of the server's own, such as <c>agents add</c>, on what this server works on.</summary>
    /// <param name="input">The first line of its standard input.</param>
    public async Task RunCommandAsync(string input, params string[] words)
    {
        using var process = Process.Start(Describe([.. words, .. EngineArguments(), .. _setup.Arguments]))!;
        await process.StandardInput.WriteLineAsync(input);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().Within();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', words)} ended with code {process.ExitCode}:\n{await output}{await errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            if (_isFrozen)
            {
                await ThawAsync();
            }

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

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().Within();
    }

    private Process Launch()
    {
        var process = Process.Start(Describe(
        [
            $"--Urls=http://127.0.0.1:{Port}", $"--DemoShop:Urls=http://localhost:{_shopPort.Number}", "--Logging:Console:FormatterName=json",
            .. EngineArguments(), .. Network is null ? Array.Empty<string>() : [$"--PublicOrigins={Origin(PublicAddress)}"], .. _setup.Arguments,
        ]))!;
        process.OutputDataReceived += (_, line) => Keep(line.Data, "");
        process.ErrorDataReceived += (_, line) => Keep(line.Data, ServerLog.ErrorStream);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillOrphan(process);
        return process;
    }

    private ProcessStartInfo Describe(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltServer(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            // Not the repository: the server must not depend on where it is started.
            WorkingDirectory = _folder.Path,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in _setup.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Nodes on Redis share nothing else, so they get no folder.</summary>
    private string[] EngineArguments() => _setup.UsesRedis ? [] : [$"--DataFolder={DataFolder}"];

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
