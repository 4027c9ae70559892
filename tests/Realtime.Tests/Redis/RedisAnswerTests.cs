using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisAnswerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private readonly ManualTimeProvider _clock = new();
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Arrives_NoAnswerWithinTheLimit_IsSilence()
    {
        var arrives = RedisAnswer.ArrivesAsync(() => _answer.Task, Limit, _clock);

        for (var slice = 0; slice < LimitSlices.Count; slice++)
        {
            await _clock.TimerSetAsync();
            Assert.False(arrives.IsCompleted);
            _clock.Advance(LimitSlices.Of(Limit));
        }

        Assert.False(await arrives.Within());
    }

    [Fact]
    public async Task Arrives_ReadLateBecauseTheProcessStoodStill_IsAnAnswer()
    {
        var arrives = RedisAnswer.ArrivesAsync(() => _answer.Task, Limit, _clock);

        // The timer first, then the answer that had come long before.
        await _clock.TimerSetAsync();
        _clock.Advance(Limit * 10);
        await _clock.TimerSetAsync();
        _answer.SetResult();

        Assert.True(await arrives.Within());
    }

    [Fact]
    public async Task Arrives_NoConnection_IsNotSilence() =>
        Assert.True(await RedisAnswer.ArrivesAsync(() => throw new ObjectDisposedException("multiplexer"), Limit, _clock).Within());
}
