using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class CommandDeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private readonly ManualTimeProvider _clock = new();
    private readonly CommandDeadline _deadline;

    public CommandDeadlineTests() => _deadline = new CommandDeadline(Limit, _clock);

    [Fact]
    public void Token_CommandsOfOneMoment_ShareOneTimer() => Assert.Equal(_deadline.Token, _deadline.Token);

    [Fact]
    public void Token_EndsByTheLimitAndNotMuchBefore()
    {
        var first = _deadline.Token;
        Pass(tenths: 9);
        var late = _deadline.Token;
        Pass(tenths: 2);
        var next = _deadline.Token;

        Pass(tenths: 68);
        Assert.False(first.IsCancellationRequested);
        Assert.False(late.IsCancellationRequested);

        Pass(tenths: 2);
        Assert.True(first.IsCancellationRequested);
        Assert.True(late.IsCancellationRequested);
        Assert.False(next.IsCancellationRequested);
        Assert.False(_deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void Token_OfAProcessThatStoodStill_LeavesTimeForTheAnswersThatCameMeanwhile()
    {
        var token = _deadline.Token;

        _clock.Advance(Limit * 3);

        Assert.False(token.IsCancellationRequested);
        Pass(tenths: 69);
        Assert.False(token.IsCancellationRequested);
        Pass(tenths: 1);
        Assert.True(token.IsCancellationRequested);
    }

    private void Pass(int tenths)
    {
        for (var passed = 0; passed < tenths; passed++)
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
        }
    }
}
