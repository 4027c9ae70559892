using CoPilot.ChatServer.Callbacks;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class ManageTokensTests
{
    private readonly ManageTokens _tokens = WithKey(1);

    [Theory]
    [InlineData("0198c5a0f3f17f6c9b1c6b6a5c3d2e1f")]
    [InlineData("k:1_-.")]
    public void Read_OfItsOwn_IsTheContact(string contactId) => Assert.Equal(contactId, _tokens.Read("shop", _tokens.Of("shop", contactId)));

    [Fact]
    public void Of_TheSameContact_IsTheSameOnEveryNode() => Assert.Equal(_tokens.Of("shop", "k1"), WithKey(1).Of("shop", "k1"));

    [Fact]
    public void Read_OfAnotherSiteOrKey_IsNothing()
    {
        Assert.Null(_tokens.Read("other", _tokens.Of("shop", "k1")));
        Assert.Null(_tokens.Read("shop", WithKey(2).Of("shop", "k1")));
    }

    [Fact]
    public void Read_WithAnyCharacterChanged_IsNothing()
    {
        var token = _tokens.Of("shop", "k1");
        for (var i = 0; i < token.Length; i++)
        {
            Assert.Null(_tokens.Read("shop", string.Concat(token.AsSpan(0, i), token[i] == 'A' ? "B" : "A", token.AsSpan(i + 1))));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("azE")]
    [InlineData("azE.")]
    [InlineData(".azE")]
    [InlineData("a.b.c")]
    [InlineData("%%%.azE")]
    public void Read_OfAnythingElse_IsNothing(string token) => Assert.Null(_tokens.Read("shop", token));

    [Fact]
    public void Read_WithSomethingBehind_IsNothing()
    {
        var token = _tokens.Of("shop", "k1");

        Assert.All((string[])[token + "=", token + " ", token + ".", " " + token, token + token], other => Assert.Null(_tokens.Read("shop", other)));
    }

    private static ManageTokens WithKey(byte key) => new(() => [.. Enumerable.Repeat(key, 32)]);
}
