using System.Text;
using CoPilot.Contracts.Chat;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Tests.Wire;

public sealed class JsonDialectTests
{
    [Theory]
    [InlineData("""{"type":1,"target":"Message","arguments":[{"conversationId":"c1"},"text, [too]"]}""", "Event", """{"conversationId":"c1"},"text, [too]" """)]
    [InlineData("""{"type":1,"target":"Message","arguments":[{"conversationId":"c1"}],"headers":{}}""", "Event", """{"conversationId":"c1"}""")]
    [InlineData("""{"type":3,"invocationId":"7","result":{"conversationId":"c1"}}""", "Answer", """{"conversationId":"c1"}""")]
    public void Take_OfAMessage_HasAllArgumentsAndReadsTheFirst(string message, string kind, string body)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(message + "\u001e");

        Assert.True(JsonDialect.Instance.TryTake(ref bytes, out var frame));

        Assert.Equal((kind, body.TrimEnd()), (frame.Kind.ToString(), Encoding.UTF8.GetString(frame.Body)));
        Assert.Equal("c1", JsonDialect.Instance.Read<LeaveRequest>(frame.Body).ConversationId);
        Assert.Equal(0, bytes.Length);
    }

    [Fact]
    public void Take_OfAnEventWithoutArguments_HasNone()
    {
        ReadOnlySpan<byte> bytes = "{\"type\":1,\"target\":\"Reset\",\"arguments\":[]}\u001e"u8;

        Assert.True(JsonDialect.Instance.TryTake(ref bytes, out var frame));

        Assert.True(frame.Body.IsEmpty);
    }
}
