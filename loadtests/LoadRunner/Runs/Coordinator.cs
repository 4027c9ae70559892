using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;
using CoPilot.LoadRunner.Workers;
using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Runs;

/// <summary>One run from its start to its result: starts the system and the workers, lets them run the phases, checks what became of it all, and stops everything that it started.</summary>
internal sealed class Coordinator
{
    private static readonly TimeSpan ChecksWithin = TimeSpan.FromMinutes(2);

    private readonly RunPlan _plan;
    private readonly IRunProgress _progress;
    private readonly ScenarioOptions _options;
    private readonly IScenario _scenario;
    private PhaseView _view;

    /// <exception cref="UsageException">The plan asks for what there is not.</exception>
    public Coordinator(RunPlan plan, IRunProgress progress)
    {
        (_plan, _progress, _options) = (plan, progress, new ScenarioOptions(plan.Options));
        _scenario = ScenarioCatalog.Create(plan.Scenario, _options);
        _view = new PhaseView(plan.Workers);
        if (_scenario.Phases.Any(phase => phase.Disturbance is RedisKilled) && !SystemCatalog.HasRedis(plan.System, plan.SystemOptions))
        {
            throw new UsageException($"There is no Redis to be killed: {plan.System} with --nodes {plan.SystemOptions.Nodes} has none.");
        }

        if (SystemLimits.FindFault(_scenario.Needs.Connections, Math.Max(1, Math.Min(plan.Workers, plan.SystemOptions.Nodes))) is { } fault)
        {
            throw new UsageException(fault);
        }
    }

    /// <exception cref="RunFailedException">It could not be brought to its end.</exception>
    public async Task<RunResult> RunAsync(CancellationToken stop)
    {
        var startedAt = TimeProvider.System.GetUtcNow();
        _progress.Say($"Starting {_plan.System} ...");
        var system = await StartSystemAsync();
        RunOutcome outcome;
        try
        {
            outcome = await RunAsync(system, stop);
        }
        catch (Exception error)
        {
            // What it says as it is stopped comes of why the run failed.
            if (await FindFaultInStopAsync(system) is { } fault)
            {
                throw new RunFailedException($"{error.Message}\nAnd as it was stopped: {fault}", error);
            }

            throw;
        }

        _progress.Say("Stopping ...");
        var faults = await FindFaultInStopAsync(system) is { } found ? [found] : Array.Empty<string>();
        return await outcome.DescribeAsync(_plan, _scenario, _options, startedAt, faults);
    }

    private async Task<RunOutcome> RunAsync(ISystemUnderTest system, CancellationToken stop)
    {
        await using var workforce = new Workforce();
        await workforce.StartAsync(_plan, system.Target, Hear);
        await using var gc = _plan.WatchesGarbageCollection ? new GcWatch() : null;
        var machine = new Machine();
        var run = new PhaseRun(system, workforce, gc);
        var begin = run.ReadBorder();
        var records = new List<PhaseRecord> { await run.PrepareAsync(_scenario.Needs.PreparesWithin, View(null), stop) };
        foreach (var phase in _scenario.Phases)
        {
            records.Add(await run.RunAsync(records.Count, phase, View(phase), stop));
        }

        // Before the check, as workers end with it.
        var own = run.ReadBorder().Since(begin).Sum(process => process.CpuSeconds) + ProcessUse.Of(Environment.ProcessId).Cpu.TotalSeconds;
        var noise = machine.Tell(TimeSpan.FromSeconds(own));
        _progress.Say("Checking what became of all of it ...");
        var answers = await workforce.AskAsync<Checked>(new CheckOrder(), ChecksWithin, stop);
        return new RunOutcome(records, answers, noise);
    }

    private async Task<ISystemUnderTest> StartSystemAsync()
    {
        if (_plan.Servers.Count > 0)
        {
            return new GivenSystem(_plan.System, _plan.Servers);
        }

        try
        {
            return await SystemCatalog.StartAsync(_plan.System, _plan.SystemOptions, _scenario.Needs);
        }
#pragma warning disable CA1031 // Whatever it is, the person who started the run is told in words.
        catch (Exception error) when (error is not UsageException)
#pragma warning restore CA1031
        {
            throw new RunFailedException($"{_plan.System} could not be started: {error.Message}", error);
        }
    }

    private PhaseView View(Phase? phase)
    {
        var view = new PhaseView(_plan.Workers);
        Volatile.Write(ref _view, view);
        _progress.Begin(phase, view);
        return view;
    }

    /// <summary>Nothing is told of a phase after its end, which comes behind it on the same pipe.</summary>
    private void Hear(SecondPassed told) => Volatile.Read(ref _view).Add(told);

    private static async Task<string?> FindFaultInStopAsync(ISystemUnderTest system)
    {
        try
        {
            await system.DisposeAsync();
            return null;
        }
#pragma warning disable CA1031 // Whatever a server logged that nobody expected: the run fails, and its figures are still told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return error.Message;
        }
    }
}
