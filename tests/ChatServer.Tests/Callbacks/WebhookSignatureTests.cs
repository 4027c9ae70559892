using System.Text;
using CoPilot.ChatServer.Callbacks;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef");

    /// <summary>From <c>printf '1795428000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef</c>.</summary>
    private const string Signature = "sha256=3bfd7372f380f722e25a5ef0604c85342ec5c45438ff0a7d30a871b1a8e93714";

    [Fact]
    public void Of_TimestampAndBody_IsWhatOpensslMakes() => Assert.Equal(Signature, WebhookSignature.Of(Secret, "1795428000", "{}"u8));

    [Fact]
    public void Matches_RightSignature_InEitherCase()
    {
        Assert.True(WebhookSignature.Matches(Signature, Secret, "1795428000", "{}"u8));
        Assert.True(WebhookSignature.Matches("sha256=" + Signature[7..].ToUpperInvariant(), Secret, "1795428000", "{}"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=00")]
    [InlineData("sha256=zz")]
    [InlineData("sha512=3bfd7372f380f722e25a5ef0604c85342ec5c45438ff0a7d30a871b1a8e93714")]
    [InlineData("3bfd7372f380f722e25a5ef0604c85342ec5c45438ff0a7d30a871b1a8e93714")]
    [InlineData("sha256=3bfd7372f380f722e25a5ef0604c85342ec5c45438ff0a7d30a871b1a8e9371400")]
    [InlineData(" sha256=3bfd7372f380f722e25a5ef0604c85342ec5c45438ff0a7d30a871b1a8e93714")]
    public void Matches_AnythingElse_Not(string signature) => Assert.False(WebhookSignature.Matches(signature, Secret, "1795428000", "{}"u8));

    [Fact]
    public void Matches_OtherTimestampBodyOrSecret_Not()
    {
        Assert.False(WebhookSignature.Matches(Signature, Secret, "1795428001", "{}"u8));
        Assert.False(WebhookSignature.Matches(Signature, Secret, "1795428000", "{ }"u8));
        Assert.False(WebhookSignature.Matches(Signature, [.. Secret, 1], "1795428000", "{}"u8));
        Assert.False(WebhookSignature.Matches(Signature, [.. Secret.Reverse()], "1795428000", "{}"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData(" 1")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("999999999999")]
    [InlineData("99999999999999999999")]
    public void ParseTimestamp_NoUnixSeconds_IsNull(string text) => Assert.Null(WebhookSignature.ParseTimestamp(text));

    [Fact]
    public void ParseTimestamp_OfItsOwn_IsTheSecond()
    {
        var moment = new DateTimeOffset(2026, 11, 23, 10, 0, 0, 900, TimeSpan.Zero);

        Assert.Equal(moment.AddMilliseconds(-900), WebhookSignature.ParseTimestamp(WebhookSignature.TimestampOf(moment)));
    }
}
