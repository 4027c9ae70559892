using System.Buffers;
using System.Text;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Tests.Wire;

public sealed class SocketIoDialectTests
{
    private static readonly SocketIoDialect Dialect = SocketIoDialect.Instance;

    [Theory]
    [InlineData("""0{"sid":"a","pingInterval":25000}""", false, null)]
    [InlineData("""40{"sid":"b"}""", true, null)]
    [InlineData("""44{"message":"no"}""", true, """{"message":"no"}""")]
    public void Shake_OfTheFirstPackets_EndsWithTheNamespace(string packet, bool expected, string? refusal)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(packet);

        Assert.Equal(expected, Dialect.TryShake(ref bytes, out var found));

        Assert.Equal((refusal, 0), (found, bytes.Length));
    }

    [Fact]
    public void WriteCall_OfTexts_IsAnEventWithAcknowledgement()
    {
        var output = new ArrayBufferWriter<byte>();

        Dialect.WriteCall(output, 17, "send", new TextArguments("c1", "say \"hi\""));

        Assert.Equal("""4217["send","c1","say \u0022hi\u0022"]""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("2", "Ping", 0, "", "")]
    [InlineData("6", "Other", 0, "", "")]
    [InlineData("1", "Close", 0, "", "1")]
    [InlineData("41", "Close", 0, "", "41")]
    [InlineData("""42["message","c1","hi"]""", "Event", 0, "message", """["message","c1","hi"]""")]
    [InlineData("43217[5]", "Answer", 217, "", "[5]")]
    public void Take_OfAPacket_TellsWhatItIs(string packet, string kind, int callId, string target, string body)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(packet);

        Assert.True(Dialect.TryTake(ref bytes, out var frame));

        Assert.Equal((kind, callId, target, body), (frame.Kind.ToString(), frame.CallId, Encoding.UTF8.GetString(frame.Target), Encoding.UTF8.GetString(frame.Body)));
        Assert.False(Dialect.TryTake(ref bytes, out _));
    }

    [Fact]
    public void Read_OfAnAnswer_IsItsFirstElement() => Assert.Equal(5, Dialect.Read<long>("[5]"u8));
}
