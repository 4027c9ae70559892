using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class CommandDeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    [Fact]
    public void Token_CommandsOfOneMoment_ShareOneTimer()
    {
        var deadline = new CommandDeadline(Limit, new ManualTimeProvider());

        Assert.Equal(deadline.Token, deadline.Token);
    }

    [Fact]
    public void Token_EndsByTheLimitAndNotMuchBefore()
    {
        var clock = new ManualTimeProvider();
        var deadline = new CommandDeadline(Limit, clock);
        var first = deadline.Token;
        clock.Advance(TimeSpan.FromSeconds(0.9));
        var late = deadline.Token;
        clock.Advance(TimeSpan.FromSeconds(0.2));
        var next = deadline.Token;

        clock.Advance(TimeSpan.FromSeconds(6.8));
        Assert.False(first.IsCancellationRequested);
        Assert.False(late.IsCancellationRequested);

        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(first.IsCancellationRequested);
        Assert.True(late.IsCancellationRequested);
        Assert.False(next.IsCancellationRequested);
        Assert.False(deadline.Token.IsCancellationRequested);
    }
}
