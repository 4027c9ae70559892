using System.Security.Cryptography;
using CoPilot.CoBrowse.Codes;

namespace CoPilot.CoBrowse.Tests.Codes;

public sealed class CoPilotCodeTests
{
    [Theory]
    [InlineData("ABC-23456")]
    [InlineData("abc23456")]
    [InlineData(" a b c - 2 3 4 5 6 ")]
    public void TryParse_AsAPersonTypes_IsTheSameCode(string typed)
    {
        Assert.True(CoPilotCode.TryParse(typed, out var code));
        Assert.Equal("ABC-23456", code.ToString());
        Assert.Equal("ABC", code.Finder);
        Assert.Equal("23456", code.Proof);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABC-2345")]
    [InlineData("ABC-234567")]
    [InlineData("ABC-2345O")]
    [InlineData("ABC-2345I")]
    [InlineData("ABC_23456")]
    public void TryParse_NotACode_IsRefused(string? typed) => Assert.False(CoPilotCode.TryParse(typed, out _));

    [Fact]
    public void Make_ManyTimes_UsesTheWholeAlphabetAndParsesBack()
    {
        var seen = new HashSet<char>();
        for (var i = 0; i < 1_000; i++)
        {
            var code = CoPilotCode.Make(RandomNumberGenerator.Fill);
            Assert.True(CoPilotCode.TryParse(code.ToString(), out var parsed));
            Assert.Equal(code.ToString(), parsed.ToString());
            seen.UnionWith(code.Finder + code.Proof);
        }

        // Each of the 31 is missed by 8,000 draws with a probability below 10^-113.
        Assert.Equal(CoPilotCode.Alphabet.Length, seen.Count);
    }
}
