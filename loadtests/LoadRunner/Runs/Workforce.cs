using System.Globalization;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Runs;

/// <summary>All workers of a run. Whatever happens to one of them happens to the run.</summary>
internal sealed class Workforce : IAsyncDisposable
{
    private readonly List<WorkerProcess> _workers = [];

    public IEnumerable<(string Role, string Name, int ProcessId)> Processes => _workers.Select(worker => ("worker", worker.Name, worker.ProcessId));

    public async Task StartAsync(RunPlan plan, Target target, Action<SecondPassed> passed)
    {
        for (var number = 0; number < plan.Workers; number++)
        {
            var index = number;
            var worker = WorkerProcess.Start(string.Create(CultureInfo.InvariantCulture, $"worker{index + 1}"), passed);
            _workers.Add(worker);
            await worker.TellAsync(new WorkerPlan(plan.Scenario, plan.Options, index, plan.Workers, target));
        }
    }

    /// <summary>Tells all and waits for all; the first failure ends the waiting for the others.</summary>
    /// <exception cref="RunFailedException">One of them did not.</exception>
    public async Task<IReadOnlyList<T>> AskAsync<T>(WorkerOrder order, TimeSpan within, CancellationToken cancellationToken)
        where T : WorkerAnswer
    {
        await Task.WhenAll(_workers.Select(worker => worker.TellAsync(order)));
        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answers = _workers.ConvertAll(worker => worker.TakeAsync<T>(within, first.Token));
        try
        {
            await foreach (var answer in Task.WhenEach(answers))
            {
                await answer;
            }
        }
        catch
        {
            await first.CancelAsync();
            throw;
        }

        return await Task.WhenAll(answers);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_workers.Select(worker => worker.DisposeAsync().AsTask()));
}
