using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Comparing;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner;

/// <summary>Table of contents: each command in one line.</summary>
internal static class Program
{
    private const int Failed = 1;
    private const int Misused = 2;
    private const int BrokenOff = 130;

    public static async Task<int> Main(string[] args)
    {
        try
        {
            return args switch
            {
                [] or ["help" or "--help" or "-h", ..] => Print(HelpText.All),
                [.., "--help" or "-h"] => Print(HelpText.All),
                ["list"] => Print(ListCommand.Write()),
                ["run", var scenario, .. var words] => await RunCommand.RunAsync(scenario, words),
                ["run"] => throw new UsageException($"run takes a scenario: {string.Join(", ", ScenarioCatalog.Names)}."),
                ["compare", .. var words] => await CompareCommand.RunAsync(words),
                ["worker"] => await new WorkerLoop(Console.In, Console.Out).RunAsync(),
                _ => throw new UsageException($"There is no command \"{string.Join(' ', args)}\"; --help tells which there are."),
            };
        }
        catch (UsageException misuse)
        {
            await Console.Error.WriteLineAsync(misuse.Message);
            return Misused;
        }
        catch (RunFailedException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Broken off.");
            return BrokenOff;
        }
    }

    private static int Print(string text)
    {
        Console.WriteLine(text);
        return 0;
    }
}
