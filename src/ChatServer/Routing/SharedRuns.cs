namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Work of which one run serves all who asked before it began. Runs come one after the other; who asks while one is under way shares the next with all who ask meanwhile, so that many cost no
/// more runs than few. Thread-safe.
/// </summary>
internal sealed class SharedRuns(Func<Task> run)
{
    private readonly Lock _gate = new();
    private Task? _current;
    private Task? _next;

    /// <summary>Returns when a run that began after this call has ended, with its outcome. Who gives up waiting leaves the run to the others.</summary>
    public Task JoinAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var joined = _current is null ? _current = RunAsync() : _next ??= RunAfterAsync(_current);
            return joined.WaitAsync(cancellationToken);
        }
    }

    private async Task RunAsync()
    {
        // Not under the lock.
        await Task.Yield();
        try
        {
            await run();
        }
        finally
        {
            // Before this run's task ends, for which the next one waits: so whoever asks from now on comes after that.
            lock (_gate)
            {
                (_current, _next) = (_next, null);
            }
        }
    }

    private async Task RunAfterAsync(Task current)
    {
        await current.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await RunAsync();
    }
}
