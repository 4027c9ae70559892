using CoPilot.ChatServer.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>Says what the test wants to hear.</summary>
internal sealed class AppointedKeeper : ISiteKeeper
{
    private int _refusals;

    public bool IsThisNode { get; set; } = true;

    public Task<bool> KeepAsync(string siteId, CancellationToken cancellationToken = default)
    {
        if (!IsThisNode)
        {
            Interlocked.Increment(ref _refusals);
        }

        return Task.FromResult(IsThisNode);
    }

    public Task GiveUpAsync(string siteId, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Returns when it was asked once more and refused.</summary>
    public async Task AskedAgainAsync(ManualTimeProvider clock)
    {
        using var deadline = new CancellationTokenSource(Deadline.Default);
        var before = Volatile.Read(ref _refusals);
        while (Volatile.Read(ref _refusals) == before)
        {
            deadline.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
    }
}
