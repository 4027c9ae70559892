using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class UnknownScriptsTests
{
    private static readonly RedisReply Unknown = RedisReply.OfError("NOSCRIPT No matching script.");
    private static readonly RedisReply Done = RedisReply.Of(1);

    private readonly UnknownScripts _unknown = new();
    private readonly object _lesson = new();
    private readonly TaskCompletionSource<RedisReply> _taught = new();
    private int _lessons;
    private int _calls;

    [Fact]
    public async Task Call_ManyAtOnce_OneTeachesAndTheOthersCallAfterIt()
    {
        var called = Enumerable.Range(0, 100).Select(_ => CallAsync(Done)).ToList();
        Assert.Equal((1, 0), (_lessons, _calls));

        _taught.SetResult(Done);

        await Task.WhenAll(called).Within();
        Assert.Equal((1, 99), (_lessons, _calls));
    }

    [Fact]
    public async Task Call_OtherServerDoesNotKnowIt_IsTaughtToo()
    {
        var first = CallAsync(Done);
        var other = CallAsync(Unknown);

        _taught.SetResult(Done);

        Assert.Null((await first.Within()).Error);
        Assert.Null((await other.Within()).Error);
        Assert.Equal((2, 1), (_lessons, _calls));
    }

    [Fact]
    public async Task Call_TeachingFails_OthersCallStill()
    {
        var first = CallAsync(Done);
        var other = CallAsync(Done);

        _taught.SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => first.Within());
        Assert.Null((await other.Within()).Error);
    }

    [Fact]
    public async Task Call_ForgottenAgain_IsTaughtAgain()
    {
        _taught.SetResult(Done);

        await CallAsync(Done).Within();
        await CallAsync(Done).Within();

        Assert.Equal((2, 0), (_lessons, _calls));
    }

    /// <summary>Its answer was under way, or in a thread that had no turn, while another caller's lesson began and ended.</summary>
    [Fact]
    public async Task Call_HeardBeforeALessonAndToldAfterIt_CallsAgainFirst()
    {
        _taught.SetResult(Done);
        var before = _unknown.Lessons;
        await CallAsync(Done).Within();

        Assert.Null((await CallAsync(Done, before).Within()).Error);
        Assert.Equal((1, 1), (_lessons, _calls));

        // It was another lesson.
        Assert.Null((await CallAsync(Unknown, before).Within()).Error);
        Assert.Equal((2, 2), (_lessons, _calls));
    }

    private Task<RedisReply> CallAsync(RedisReply again) => CallAsync(again, _unknown.Lessons);

    private Task<RedisReply> CallAsync(RedisReply again, long before) => _unknown.CallAsync(
        _lesson,
        before,
        () =>
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult(again);
        },
        () =>
        {
            Interlocked.Increment(ref _lessons);
            return _taught.Task;
        });
}
