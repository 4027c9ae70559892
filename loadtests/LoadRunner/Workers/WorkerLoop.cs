using System.Text.Json;
using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Scenarios;

namespace CoPilot.LoadRunner.Workers;

/// <summary>A worker's life: takes orders from its input until that ends, and answers on its output.</summary>
internal sealed class WorkerLoop(TextReader orders, TextWriter output)
{
    private readonly Lock _writing = new();

    /// <summary>Answers the exit code.</summary>
    public async Task<int> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        var reading = new OrderReader(orders, stop);
        try
        {
            var plan = await reading.TakeAsync() as WorkerPlan ?? throw new InvalidOperationException("The first order is the plan.");
            await RunAsync(plan, reading, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
#pragma warning disable CA1031 // The coordinator is told and fails the run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Say(new Broken(error is UsageException ? error.Message : error.ToString()));
            return 1;
        }
    }

    private async Task RunAsync(WorkerPlan plan, OrderReader reading, CancellationToken stop)
    {
        var scenario = ScenarioCatalog.Create(plan.Scenario, new ScenarioOptions(plan.Options));
        var clock = new PhaseClock(scenario.Phases.Count);
        var context = new WorkerContext(plan.Index, plan.Count, new ScenarioOptions(plan.Options), plan.Target, clock, stop);
        var teller = new SecondTeller(context, clock, Say);
        while (true)
        {
            switch (await reading.TakeAsync())
            {
                case PrepareOrder:
                    await teller.TellDuringAsync(0, scenario.PrepareAsync(context));
                    Say(new PhaseEnded(0));
                    break;
                case PhaseOrder order:
                    clock.Begin(order.Number, order.At);
                    var phase = scenario.Phases[order.Number - 1].Share(plan.Index, plan.Count);
                    await teller.TellDuringAsync(order.Number, scenario.RunAsync(phase, context));
                    Say(new PhaseEnded(order.Number));
                    break;
                case CheckOrder:
                    Say(await CheckAsync(scenario, context, clock));
                    return;
                case var other:
                    throw new InvalidOperationException($"There is no order {other}.");
            }
        }
    }

    private static async Task<Checked> CheckAsync(IScenario scenario, WorkerContext context, PhaseClock clock)
    {
        var found = await scenario.CheckAsync(context);
        var all = found with
        {
            Failures = [.. found.Failures, .. context.Failures.First],
            FailureCount = found.FailureCount + context.Failures.Count,
        };
        return new Checked(all, [.. Enumerable.Range(0, clock.Count).Select(phase => Tell(context, phase))]);
    }

    private static PhaseText Tell(WorkerContext context, int phase) => new(
        [.. context.Steps.Select(step => (step.Name, Tally: step.In(phase))).Where(step => step.Tally is not null)
            .Select(step => new StepText(step.Name, step.Tally!.Latency.Encode(), step.Tally.Failed))],
        context.Counters.ToDictionary(counter => counter.Name, counter => counter.In(phase)));

    private void Say(WorkerAnswer answer)
    {
        var line = JsonSerializer.Serialize(answer, WorkerJson.Default.WorkerAnswer);
        lock (_writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
