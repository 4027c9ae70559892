using System.Runtime.InteropServices;
using CoPilot.LoadRunner.Results.Pages;
using CoPilot.LoadRunner.Runs;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;

namespace CoPilot.LoadRunner.CommandLine;

/// <summary><c>run SCENARIO [--option value ...]</c>.</summary>
internal static class RunCommand
{
    /// <summary>The runner's own; all others are the scenario's.</summary>
    private static readonly string[] OwnNames = ["system", "nodes", "on-redis", "redis", "cores", "workers", "server", "not-only-loopback", "out", "gc"];

    /// <summary>Answers the exit code.</summary>
    public static async Task<int> RunAsync(string scenario, IReadOnlyList<string> words)
    {
        var all = OptionWords.Read(words);
        var own = new ScenarioOptions(all.Where(option => OwnNames.Contains(option.Key)).ToDictionary());
        var plan = ReadPlan(scenario, all.Where(option => !OwnNames.Contains(option.Key)).ToDictionary(), own);
        var folder = RunFolder.Choose(own.Text("out", ""), scenario);
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var result = await RunProgress.ShowAsync(plan, progress => new Coordinator(plan, progress).RunAsync(stop.Token));
        await RunReport.WriteAsync(result, folder);
        Console.WriteLine(RunSummary.Write(result, folder));
        return result.IsGood ? 0 : 1;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static RunPlan ReadPlan(string scenario, Dictionary<string, string> options, ScenarioOptions own)
    {
        var system = new SystemOptions
        {
            Nodes = AtLeastOne("nodes", own.Count("nodes", new SystemOptions().Nodes)),
            OnRedis = own.Flag("on-redis"),
            Redis = RedisWords.Read(own.Text("redis", RedisWords.Of(new SystemOptions().Redis))),
            Cores = own.Text("cores", "") is { Length: > 0 } cores ? cores : null,
        };
        return new RunPlan(scenario, options)
        {
            System = own.Text("system", "copilot"),
            SystemOptions = system,
            Workers = AtLeastOne("workers", own.Count("workers", 1)),
            Servers = ReadServers(own.Text("server", ""), own.Flag("not-only-loopback")),
            WatchesGarbageCollection = own.Flag("gc"),
        };
    }

    private static int AtLeastOne(string name, int count) => count > 0 ? count : throw new UsageException($"--{name} is at least 1.");

    private static List<Uri> ReadServers(string text, bool notOnlyLoopback)
    {
        var servers = text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ReadServer).ToList();
        return notOnlyLoopback || servers.TrueForAll(server => server.IsLoopback)
            ? servers
            : throw new UsageException("A load run may stop a server from serving its users. If this one is meant for that, add --not-only-loopback.");
    }

    private static Uri ReadServer(string text) => Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme == Uri.UriSchemeHttp
        ? server
        : throw new UsageException($"--server is an address such as http://127.0.0.1:5080, not \"{text}\".");
}
