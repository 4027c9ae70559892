using System.Runtime.InteropServices;
using System.Text.Json;
using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Results.Pages;
using CoPilot.LoadRunner.Runs;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Comparing;

/// <summary><c>compare [--option value ...]</c>: many runs of <c>chat</c>, some of <c>idle</c>, and some in which Redis is killed, whose results are kept, so that one that was broken off goes on from there.</summary>
internal static class CompareCommand
{
    private static readonly string[] OwnNames = ["systems", "rates", "repeats", "idle", "kill-rate", "nodes", "workers", "redis", "out"];

    /// <summary>Answers the exit code: 1 when CoPilot lost, doubled or reordered anything. What peers lose is a figure of the comparison.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var all = OptionWords.Read(words);
        var own = new ScenarioOptions(all.Where(option => OwnNames.Contains(option.Key)).ToDictionary());
        var chat = all.Where(option => !OwnNames.Contains(option.Key)).ToDictionary();
        var plan = ComparePlan.Read(own, chat);
        CheckAll(plan);
        var folder = RunFolder.Choose(own.Text("out", ""), "compare");
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var results = new List<(CompareStep Step, RunResult Result)>();
        foreach (var step in plan.Steps)
        {
            if (await TryAsync(plan, step, folder, stop.Token) is { } result)
            {
                results.Add((step, result));
            }

            await ComparisonReport.WriteAsync(folder, new Comparison(plan, results));
        }

        Console.WriteLine(ComparisonReport.Text(new Comparison(plan, results)));
        Console.WriteLine($"The report is in {folder}");
        return plan.Steps.Where(step => step.System == "copilot").All(step => results.Exists(each => each.Step == step && each.Result.Correctness.IsGood)) ? 0 : 1;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>What is wrong with the last run is said before the first, and not after an hour.</summary>
    /// <exception cref="UsageException">One of them is asked for what there is not.</exception>
    private static void CheckAll(ComparePlan plan)
    {
        foreach (var step in plan.Steps)
        {
            _ = new Coordinator(plan.RunOf(step), new NoProgress());
        }
    }

    /// <summary>Null when a system did not survive that its Redis was killed, which is what was asked; any other run that fails ends the comparison.</summary>
    private static async Task<RunResult?> TryAsync(ComparePlan plan, CompareStep step, string folder, CancellationToken stop)
    {
        try
        {
            return await RunOrReadAsync(plan, step, folder, stop);
        }
        catch (RunFailedException failure) when (step is RedisKilledStep)
        {
            Console.WriteLine($"{step.System} did not come to the end of it: {failure.Message}");
            return null;
        }
    }

    /// <summary>A result that is there already is not made again: give the folder of the comparison that was broken off as <c>--out</c>.</summary>
    private static async Task<RunResult> RunOrReadAsync(ComparePlan plan, CompareStep step, string folder, CancellationToken stop)
    {
        var file = Path.Combine(folder, "runs", step.FileName);
        if (File.Exists(file))
        {
            return await RunReport.ReadAsync(file);
        }

        Console.WriteLine($"{step.System}, {step.What}, repeat {step.Repeat}");
        using var lines = new LineProgress(TextWriter.Null, TimeProvider.System);
        var result = await new Coordinator(plan.RunOf(step), lines).RunAsync(stop);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(result, ResultsJson.Default.RunResult), CancellationToken.None);
        return result;
    }
}
