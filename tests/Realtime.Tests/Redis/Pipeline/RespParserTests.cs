using System.Globalization;
using System.Text;
using CoPilot.Realtime.Redis;
using CoPilot.Realtime.Redis.Pipeline;

namespace CoPilot.Realtime.Tests.Redis.Pipeline;

public sealed class RespParserTests
{
    private const string Everything =
        "+OK\r\n:-42\r\n$-1\r\n*-1\r\n$0\r\n\r\n*0\r\n$7\r\na\r\nb\0\u00e9\r\n*3\r\n:1\r\n*2\r\n$1\r\nx\r\n*1\r\n-ERR inner\r\n$-1\r\n-NOSCRIPT No matching script.\r\n";

    [Fact]
    public void TryRead_CutAnywhere_MakesTheSameReplies()
    {
        var bytes = Encoding.UTF8.GetBytes(Everything);
        var whole = Read(bytes);
        Assert.Equal(["OK", "-42", "nil", "nil", "", "[]", "a\r\nb\0\u00e9", "[1,[x,[!ERR inner]],nil]", "!NOSCRIPT No matching script."], whole);

        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(whole, Read(bytes[..cut], bytes[cut..]));
        }

        Assert.Equal(whole, Read([.. bytes.Select(one => new[] { one })]));
    }

    [Fact]
    public void TryRead_TextLongerThanTheBuffer_IsWhole()
    {
        var text = new string('x', 1_000_000);

        var replies = Read(Encoding.UTF8.GetBytes($"*2\r\n${text.Length}\r\n{text}\r\n:7\r\n+after\r\n"));

        Assert.Equal([$"[{text},7]", "after"], replies);
    }

    [Fact]
    public void TryRead_ManyItems_AreWhole()
    {
        const int Count = 50_000;

        var replies = Read(Encoding.UTF8.GetBytes($"*{Count}\r\n" + string.Concat(Enumerable.Repeat(":1\r\n", Count))));

        Assert.Equal("[" + string.Join(',', Enumerable.Repeat("1", Count)) + "]", Assert.Single(replies));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("\r\n")]
    [InlineData(":\r\n")]
    [InlineData(":12a\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$99999999999\r\n")]
    [InlineData("*99999999\r\n")]
    [InlineData("$1\r\nxyz\r\n")]
    [InlineData("%1\r\n")]
    public void TryRead_WhatIsNotRedis_Throws(string text) => Assert.Throws<InvalidDataException>(() => Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void TryRead_ArraysWithinArraysWithoutEnd_Throws() =>
        Assert.Throws<InvalidDataException>(() => Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 100)))));

    [Fact]
    public void Free_LineWithoutAnEnd_Throws() =>
        Assert.Throws<InvalidDataException>(() => Read(Encoding.UTF8.GetBytes("+" + new string('x', 100_000))));

    private static List<string> Read(params byte[][] pieces)
    {
        var parser = new RespParser();
        var replies = new List<string>();
        foreach (var piece in pieces)
        {
            for (var taken = 0; taken < piece.Length;)
            {
                var free = parser.Free;
                var count = Math.Min(free.Length, piece.Length - taken);
                piece.AsSpan(taken, count).CopyTo(free.Span);
                taken += count;
                parser.Take(count);
                while (parser.TryRead(out var reply))
                {
                    replies.Add(Show(reply));
                }
            }
        }

        return replies;
    }

    private static string Show(RedisReply reply)
    {
        if (reply.IsNull)
        {
            return "nil";
        }

        if (reply.Error is { } error)
        {
            return "!" + error;
        }

        try
        {
            return (string)reply;
        }
        catch (InvalidCastException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"[{string.Join(',', ((RedisReply[])reply).Select(Show))}]");
        }
    }
}
