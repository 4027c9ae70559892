using System.IO.Pipelines;
using System.Text;
using CoPilot.Realtime.Transport;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>What becomes of writes while the network does not take them.</summary>
public sealed class SocketWriterTests
{
    private const int Limit = 10;

    private readonly ManualTimeProvider _clock = new();
    private readonly HeldSocket _socket = new();
    private readonly SocketWriter _writer;
    private int _failures;

    public SocketWriterTests() => _writer = new SocketWriter(_socket, Limit, _clock, () => _failures++);

    [Fact]
    public async Task Writes_WhileASendIsUnderWay_AreTheNextFrame()
    {
        await WriteAsync("one");
        await WriteAsync("two");
        await WriteAsync("three");

        _socket.EndSend();
        Assert.Equal(["one", "twothree"], _socket.Frames);

        var sent = _writer.AllSentAsync();
        Assert.False(sent.IsCompleted);
        _socket.EndSend();
        await sent.Within();
    }

    [Fact]
    public async Task Writes_WithinJoinedSends_AreOneFrameAtItsEnd()
    {
        Task sent;
        using (JoinedSends.Begin())
        {
            Say("one");
            Say("two");
            sent = _writer.AllSentAsync();
            Assert.Empty(_socket.Frames);
            Assert.False(sent.IsCompleted);
        }

        Assert.Equal(["onetwo"], _socket.Frames);
        _socket.EndSend();
        await sent.Within();

        Say("three");
        Assert.Equal(["onetwo", "three"], _socket.Frames);
    }

    [Fact]
    public void Writes_BeyondTheLimitWithinJoinedSends_AreSentAtOnce()
    {
        using (JoinedSends.Begin())
        {
            Say("one");
            Say(new string('x', Limit));
            Assert.Equal(["one" + new string('x', Limit)], _socket.Frames);
            Say("y");
        }

        Assert.Single(_socket.Frames);
        _socket.EndSend();
        Assert.Equal("y", _socket.Frames[^1]);
    }

    [Fact]
    public void JoinedSends_WhileASendIsUnderWay_LeaveItsRestToIt()
    {
        Say("one");
        using (JoinedSends.Begin())
        {
            Say("two");
        }

        Assert.Single(_socket.Frames);
        _socket.EndSend();
        Assert.Equal(["one", "two"], _socket.Frames);
    }

    [Fact]
    public void Complete_WithinJoinedSends_DropsWhatWasHeld()
    {
        Task sent;
        using (JoinedSends.Begin())
        {
            Say("one");
            sent = _writer.AllSentAsync();
            _writer.Complete();
        }

        Assert.True(sent.IsCompletedSuccessfully);
        Assert.Empty(_socket.Frames);
    }

    [Fact]
    public async Task Write_BeyondTheLimit_WaitsUntilItIsUnderWay()
    {
        await WriteAsync("one");
        await WriteAsync(new string('x', Limit));

        var write = WriteAsync("y");
        Assert.False(write.IsCompleted);
        _socket.EndSend();

        Assert.False((await write.Within()).IsCanceled);
        Assert.Equal(["one", new string('x', Limit) + "y"], _socket.Frames);
    }

    /// <summary>Who ends a connection cancels once, and a writer may be just about to wait.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CancelPendingFlush_EndsOneWait(bool beforeIt)
    {
        await WriteAsync("one");
        if (beforeIt)
        {
            _writer.CancelPendingFlush();
        }

        var write = WriteAsync(new string('x', 2 * Limit));
        if (!beforeIt)
        {
            _writer.CancelPendingFlush();
        }

        Assert.True((await write.Within()).IsCanceled);
        Assert.False(WriteAsync("y").IsCompleted);
    }

    [Fact]
    public async Task FailedSend_EndsWaitsAndDropsWhatFollows()
    {
        await WriteAsync("one");
        var write = WriteAsync(new string('x', 2 * Limit));

        _socket.FailSend();

        Assert.True((await write.Within()).IsCompleted);
        Assert.True((await WriteAsync("two").Within()).IsCompleted);
        await _writer.AllSentAsync().Within();
        Assert.Equal((1, 1), (_failures, _socket.Frames.Count));
    }

    [Fact]
    public async Task HasBeenSendingFor_CountsEachFrameAnew()
    {
        var limit = TimeSpan.FromSeconds(10);
        Assert.False(_writer.HasBeenSendingFor(limit));
        await WriteAsync("one");
        await WriteAsync("two");

        _clock.Advance(limit);
        Assert.False(_writer.HasBeenSendingFor(limit));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(_writer.HasBeenSendingFor(limit));

        _socket.EndSend();
        Assert.False(_writer.HasBeenSendingFor(limit));
    }

    private void Say(string text) => Assert.True(WriteAsync(text).IsCompletedSuccessfully);

    private Task<FlushResult> WriteAsync(string text) => _writer.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
}
