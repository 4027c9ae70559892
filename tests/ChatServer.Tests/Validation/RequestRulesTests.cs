using CoPilot.ChatServer.Validation;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Tests.Validation;

public sealed class RequestRulesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0191f3c2-7b7e-7c1e-9d3c-0123456789ab")]
    [InlineData("A_b-c.d:9")]
    public void CheckId_WellFormed_IsAccepted(string id) => Assert.Null(RequestRules.CheckId(id, "messageId"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a\n")]
    [InlineData("a/b")]
    [InlineData("\u00e9")]
    public void CheckId_Malformed_IsInvalidAndNamesTheField(string? id)
    {
        var refusal = RequestRules.CheckId(id, "messageId");

        Assert.Equal(ErrorCodes.Invalid, refusal?.Code);
        Assert.StartsWith("messageId ", refusal?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckId_Length_IsBounded()
    {
        Assert.Null(RequestRules.CheckId(new string('a', Limits.IdLength), "messageId"));
        Assert.NotNull(RequestRules.CheckId(new string('a', Limits.IdLength + 1), "messageId"));
        Assert.Null(RequestRules.CheckOpaqueId(new string('a', Limits.IdLength + 1), "conversationId"));
        Assert.NotNull(RequestRules.CheckOpaqueId(new string('a', 201), "conversationId"));
    }

    [Theory]
    [InlineData(" Ada \t Lovelace\r\n", "Ada Lovelace")]
    [InlineData("Ada\u202e\u0000\nLovelace", "Ada Lovelace")]
    [InlineData("Zoe\u0308", "Zo\u00eb")]
    public void CleanLine_Name_IsOneCleanLine(string name, string clean) => Assert.Equal(clean, RequestRules.CleanLine(name, "name").Value);

    [Fact]
    public void CleanLine_EmptyOrTooLong_IsRefused()
    {
        Assert.Equal(ErrorCodes.Invalid, RequestRules.CleanLine(null, "name").Refusal?.Code);
        Assert.Equal(ErrorCodes.Invalid, RequestRules.CleanLine("\u200b \n", "name").Refusal?.Code);
        Assert.True(RequestRules.CleanLine(new string('a', Limits.NameLength), "name").IsAccepted);
        Assert.Equal(ErrorCodes.TooLarge, RequestRules.CleanLine(new string('a', Limits.NameLength + 1), "name").Refusal?.Code);
    }

    [Fact]
    public void CleanOptionalLine_AbsentOrBlank_IsNull()
    {
        Assert.Null(RequestRules.CleanOptionalLine(null, "name", 10, out var absent));
        Assert.Null(RequestRules.CleanOptionalLine(" \u200b ", "name", 10, out var blank));
        Assert.Null(RequestRules.CleanOptionalLine(" Ada ", "name", 10, out var name));
        Assert.Equal((null, null, "Ada"), (absent, blank, name));
        Assert.Equal(ErrorCodes.TooLarge, RequestRules.CleanOptionalLine("12345678901", "name", 10, out _)?.Code);
    }
}
