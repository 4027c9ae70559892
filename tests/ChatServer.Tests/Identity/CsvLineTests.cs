using CoPilot.ChatServer.Identity;

namespace CoPilot.ChatServer.Tests.Identity;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("a,b", "a", "b")]
    [InlineData("", "")]
    [InlineData(",", "", "")]
    [InlineData("a, b ,", "a", " b ", "")]
    [InlineData("\"a,b\",c", "a,b", "c")]
    [InlineData("\"say \"\"hi\"\"\",\"\"", "say \"hi\"", "")]
    public void Split_WellFormed_GivesTheValues(string line, params string[] expected)
    {
        Assert.True(CsvLine.TrySplit(line, out var fields));
        Assert.Equal(expected, fields);
    }

    [Theory]
    [InlineData("\"a")]
    [InlineData("a,\"b")]
    [InlineData("a\"b")]
    [InlineData("\"a\"b,c")]
    public void Split_QuoteInTheWrongPlace_IsFalse(string line) => Assert.False(CsvLine.TrySplit(line, out _));
}
