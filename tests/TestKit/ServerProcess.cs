using System.Diagnostics;

namespace CoPilot.TestKit;

/// <summary>
/// The built server as a real process, on ports of its own, in Development, so with the demo shop and the demo agents. It has a data folder of its own
/// unless it is one of several nodes on Redis.
/// Disposing it fails the test when it logged a warning that nobody expected, or a secret.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly TemporaryFolder _folder = new();
    private readonly PortLease _port = PortLease.Take();
    private readonly PortLease _shopPort = PortLease.Take();
    private readonly PortLease _viewerPort = PortLease.Take();
    private readonly ServerSetup _setup;
    private ChildProcess? _process;
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

    public Uri ViewerAddress => new($"http://localhost:{_viewerPort.Number}/");

    public Uri ShopAddress => new($"http://localhost:{_shopPort.Number}/");

    public int Port => _port.Number;

    public string DataFolder => _folder.File("data");

    /// <summary>For a load run, which looks at what it uses; another one after <see cref="StartAgainAsync"/>.</summary>
    public int ProcessId => _process!.Id;

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
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _process = Launch();
        await _process.ReadyAsync(AnswersReadyAsync, () => Log.Text, StartLimit);
    }

    /// <summary>As <see cref="ChildProcess.KillHardAsync"/>.</summary>
    public Task KillHardAsync() => _process!.KillHardAsync();

    /// <summary>As <see cref="ChildProcess.StopAsync"/>.</summary>
    public Task<int> StopAsync() => _process!.StopAsync();

    /// <summary>As <see cref="ChildProcess.Freeze"/>.</summary>
    public void Freeze()
    {
        _process!.Freeze();
        _isFrozen = true;
    }

    /// <summary>As <see cref="ChildProcess.Thaw"/>.</summary>
    public void Thaw()
    {
        _process!.Thaw();
        _isFrozen = false;
    }

    /// <summary>Runs a command of the server's own, such as <c>agents add</c>, on what this server works on.</summary>
    /// <param name="input">All of its standard input, but for the end of the last line.</param>
    public Task RunCommandAsync(string input, params string[] words) => RunCommandAsync(input, Deadline.Default, words);

    /// <param name="within">How long it may take.</param>
    public async Task RunCommandAsync(string input, TimeSpan within, params string[] words)
    {
        using var process = Process.Start(Describe([.. words, .. EngineArguments(), .. _setup.Arguments]))!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().Within(within);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', words)} ended with code {process.ExitCode}:\n{await output}{await errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasEnded: false })
        {
            if (_isFrozen)
            {
                Thaw();
            }

            await StopAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (Network is not null)
        {
            await Network.DisposeAsync();
        }

        _port.Dispose();
        _shopPort.Dispose();
        _viewerPort.Dispose();
        _folder.Dispose();
        Log.Check();
    }

    private ChildProcess Launch() => ChildProcess.Start(
        Describe(
        [
            $"--Urls=http://127.0.0.1:{Port}", $"--DemoShop:Urls=http://localhost:{_shopPort.Number}",
            $"--CoBrowse:ViewerUrls=http://localhost:{_viewerPort.Number}", "--Logging:Console:FormatterName=json",
            .. EngineArguments(), .. OriginArguments(), .. _setup.Arguments,
        ]),
        Log.Add,
        line => Log.Add(ServerLog.ErrorStream + line));

    private ProcessStartInfo Describe(IEnumerable<string> arguments)
    {
        // taskset becomes the server, so the process id is the server's.
        string[] program = _setup.Cores is { } cores ? ["taskset", "-c", cores, "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(program[0], [.. program[1..], BuiltServer(), .. arguments])
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

    /// <summary>The first is written into the shop's pages.</summary>
    private string[] OriginArguments() => (Network, _setup.AlsoAt) switch
    {
        (null, null) => [],
        (_, null) => [$"--PublicOrigins={Origin(PublicAddress)}"],
        (_, { } other) => [$"--PublicOrigins={Origin(PublicAddress)};{Origin(other)}"],
    };

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <summary>Built beside this test, in the same configuration.</summary>
    private static string BuiltServer()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Checkout.File($"src/ChatServer/bin/{output.Parent!.Name}/{output.Name}/CoPilot.ChatServer.dll");
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
}
