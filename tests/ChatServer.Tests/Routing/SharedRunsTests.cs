using System.Collections.Concurrent;
using CoPilot.ChatServer.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class SharedRunsTests
{
    private readonly ConcurrentQueue<TaskCompletionSource> _begun = new();
    private readonly SharedRuns _runs;
    private int _count;

    public SharedRunsTests() => _runs = new SharedRuns(() =>
    {
        Interlocked.Increment(ref _count);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Enqueue(end);
        return end.Task;
    });

    [Fact]
    public async Task WhoAsksDuringARun_SharesTheNext()
    {
        var first = Ask();
        var firstRun = await BegunAsync();
        var others = Enumerable.Range(0, 10).Select(_ => Ask()).ToList();

        firstRun.SetResult();
        await first.Within();
        var secondRun = await BegunAsync();
        Assert.All(others, asked => Assert.False(asked.IsCompleted));
        secondRun.SetResult();
        await Task.WhenAll(others).Within();

        Assert.Equal(2, _count);
    }

    [Fact]
    public async Task Failure_IsThatOfItsRunAlone()
    {
        var first = Ask();
        var firstRun = await BegunAsync();
        var (second, third) = (Ask(), Ask());
        firstRun.SetResult();
        (await BegunAsync()).SetException(new InvalidOperationException("It cannot be done now."));

        await first.Within();
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.Within());
        await Assert.ThrowsAsync<InvalidOperationException>(() => third.Within());
        var later = Ask();
        (await BegunAsync()).SetResult();
        await later.Within();
    }

    [Fact]
    public async Task WhoGivesUp_LeavesTheRunToTheOthers()
    {
        using var givesUp = new CancellationTokenSource();
        var first = _runs.JoinAsync(givesUp.Token);
        var firstRun = await BegunAsync();
        var second = _runs.JoinAsync(givesUp.Token);
        var third = Ask();
        await givesUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Within());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Within());
        firstRun.SetResult();
        (await BegunAsync()).SetResult();
        await third.Within();
    }

    private Task Ask() => _runs.JoinAsync(CancellationToken.None);

    private async Task<TaskCompletionSource> BegunAsync()
    {
        TaskCompletionSource? run = null;
        await Eventually.TrueAsync(() => _begun.TryDequeue(out run));
        return run!;
    }
}
