using Spectre.Console;

namespace CoPilot.LoadRunner.Runs;

/// <summary>Shows a run as it goes: a table that lives where there is a terminal, plain lines elsewhere.</summary>
internal static class RunProgress
{
    public static async Task<T> ShowAsync<T>(RunPlan plan, Func<IRunProgress, Task<T>> run)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            using var lines = new LineProgress(Console.Out, TimeProvider.System);
            return await run(lines);
        }

        var table = new LiveProgress($"{plan.Scenario} against {plan.System}", TimeProvider.System);
        return await AnsiConsole.Live(table.Draw()).AutoClear(true).StartAsync(async context =>
        {
            var running = run(table);
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(LiveProgress.Every, TimeProvider.System));
                context.UpdateTarget(table.Draw());
            }

            return await running;
        });
    }
}
