using CoPilot.Realtime.Redis;
using CoPilot.Realtime.Redis.Pipeline;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis.Pipeline;

public sealed class PipelineListenerTests
{
    private const string Subscribed = "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n";

    private readonly List<string> _heard = [];
    private int _ends;

    [Fact]
    public async Task Messages_AreHeardInTheirOrderOneAtATime()
    {
        var (redis, stream) = await ScriptedRedis.OpenAsync();
        using var closing = redis;
        using var listener = Over(stream);
        using var held = new ManualResetEventSlim();
        await SubscribeAsync(redis, listener, (_, message) =>
        {
            if (message == "0")
            {
                Assert.True(held.Wait(Deadline.Default));
            }
        });

        await redis.SayAsync(string.Concat(Enumerable.Range(0, 100).Select(i => Message("a", $"{i}"))));
        await redis.SayAsync(Message("b", "last"));
        held.Set();

        await Eventually.TrueAsync(() => Heard.Count == 101);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => $"a {i}"), "b last"], Heard);
    }

    [Fact]
    public async Task Answers_AmongMessages_AreOfThoseWhoAsked()
    {
        var (redis, stream) = await ScriptedRedis.OpenAsync();
        using var closing = redis;
        using var listener = Over(stream);
        var early = listener.PingAsync();
        await redis.HearAsync("PING");
        await redis.SayAsync("+PONG\r\n");
        await early.Within();
        await SubscribeAsync(redis, listener);

        var refused = listener.SubscribeAsync("b", Hear, CancellationToken.None);
        listener.Unsubscribe("a");
        var ping = listener.PingAsync();
        await redis.HearAsync("PING");
        await redis.SayAsync("-NOPERM no\r\n" + Message("a", "1") + "*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:0\r\n");

        await Assert.ThrowsAsync<RedisErrorException>(() => refused.Within());
        Assert.False(ping.IsCompleted);
        await redis.SayAsync("*2\r\n$4\r\npong\r\n$0\r\n\r\n");
        await ping.Within();
        Assert.Equal(["a 1"], Heard);
        Assert.True(listener.IsOpen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+what nobody asked\r\n+and more\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    public async Task End_FailsWhoAskedAndTakesNoMore(string lastWords)
    {
        var (redis, stream) = await ScriptedRedis.OpenAsync();
        using var closing = redis;
        using var listener = Over(stream);
        await SubscribeAsync(redis, listener);

        await redis.SayAsync(lastWords);
        redis.HangUp();

        await Eventually.TrueAsync(() => !listener.IsOpen && Volatile.Read(ref _ends) == 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => listener.SubscribeAsync("b", Hear, CancellationToken.None).Within());
        await listener.PingAsync().Within();
    }

    [Fact]
    public async Task Dispose_EndsWhatWasAskedAndTellsNobody()
    {
        var (redis, stream) = await ScriptedRedis.OpenAsync();
        using var closing = redis;
        var listener = Over(stream);
        var asked = listener.SubscribeAsync("a", Hear, CancellationToken.None);

        listener.Dispose();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => asked.Within());
        Assert.Equal(0, _ends);
    }

    private List<string> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    private static string Message(string channel, string text) => $"*3\r\n$7\r\nmessage\r\n${channel.Length}\r\n{channel}\r\n${text.Length}\r\n{text}\r\n";

    private PipelineListener Over(RespStream stream) => new(stream, () => Interlocked.Increment(ref _ends));

    private async Task SubscribeAsync(ScriptedRedis redis, PipelineListener listener, Action<string, string>? meanwhile = null)
    {
        var subscribing = listener.SubscribeAsync(
            "a",
            (channel, message) =>
            {
                meanwhile?.Invoke(channel, System.Text.Encoding.UTF8.GetString(message));
                Hear(channel, message);
            },
            CancellationToken.None);
        await redis.HearAsync("SUBSCRIBE");
        await redis.SayAsync(Subscribed);
        await subscribing.Within();
    }

    private void Hear(string channel, byte[] message)
    {
        lock (_heard)
        {
            _heard.Add($"{channel} {System.Text.Encoding.UTF8.GetString(message)}");
        }
    }
}
