using System.Text;
using CoPilot.Realtime.Redis;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisReplyTests
{
    [Fact]
    public void Casts_OfNil_AreNothing()
    {
        var nil = default(RedisReply);

        Assert.True(nil.IsNull);
        Assert.Null((string?)nil);
        Assert.Null((byte[]?)nil);
        Assert.Null((RedisReply[]?)nil);
        Assert.Null((long?)nil);
        Assert.Equal((0L, 0, false), ((long)nil, (int)nil, (bool)nil));
    }

    [Fact]
    public void Casts_OfNumbersAndTexts_AreEachOther()
    {
        var number = RedisReply.Of(12);
        var text = RedisReply.Of(Encoding.UTF8.GetBytes("12"));

        Assert.Equal(("12", 12L, 12, 12L), ((string)number, (long)number, (int)number, (long?)number));
        Assert.Equal(("12", 12L, 12, 12L), ((string)text, (long)text, (int)text, (long?)text));
        Assert.Equal(Encoding.UTF8.GetBytes("12"), (byte[])number);
        Assert.True((bool)RedisReply.Of(1));
        Assert.Equal("OK", (string)RedisReply.Of("OK"));
    }

    [Fact]
    public void Casts_ThatDoNotFit_Throw()
    {
        Assert.Throws<InvalidCastException>(() => (long)RedisReply.Of(Encoding.UTF8.GetBytes("12a")));
        Assert.Throws<InvalidCastException>(() => (bool)RedisReply.Of(2));
        Assert.Throws<InvalidCastException>(() => (RedisReply[])RedisReply.Of(2));
        Assert.Throws<InvalidCastException>(() => (string)RedisReply.Of(Array.Empty<RedisReply>()));
        Assert.Throws<OverflowException>(() => (int)RedisReply.Of(long.MaxValue));
    }

    [Fact]
    public void Casts_OfAnErrorInsideAnArray_ThrowIt() =>
        Assert.Equal("ERR broken", Assert.Throws<RedisErrorException>(() => (string)RedisReply.OfError("ERR broken")).Message);

    /// <summary>The one address twice: the library alone carries commands then.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",localhost:{0}")]
    public async Task Evaluate_EveryShape_ReadsTheSameEitherWay(string second)
    {
        await using var server = await CoPilot.TestKit.RedisServer.StartAsync();
        await using var it = await RedisFixture.OpenAsync(server.Configuration + string.Format(System.Globalization.CultureInfo.InvariantCulture, second, server.Port));

        var items = (RedisReply[])await it.Redis.ExecuteAsync("EVAL", "return {1, 'x', false, {}, {ARGV[1], 2}, redis.status_reply('FINE')}", 0, "\u00e9");

        Assert.Equal(6, items.Length);
        Assert.Equal((1L, "1"), ((long)items[0], (string)items[0]));
        Assert.Equal("x"u8.ToArray(), (byte[])items[1]);
        Assert.True(items[2].IsNull);
        Assert.Empty((RedisReply[])items[3]);
        Assert.Equal(("\u00e9", 2), ((string)((RedisReply[])items[4])[0], (int)((RedisReply[])items[4])[1]));
        Assert.Equal("FINE", (string)items[5]);
        Assert.True((await it.Redis.ExecuteAsync("GET", "nothing")).IsNull);
    }
}
