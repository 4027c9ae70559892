using CoPilot.Realtime.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Redis;

public sealed class RedisConfigurationTests
{
    [Theory]
    [InlineData("", "neither HOST:PORT nor")]
    [InlineData("password=hush", "no address")]
    [InlineData("localhost:6379:1", "entry 1")]
    [InlineData("localhost:port", "entry 1")]
    [InlineData("localhost,[::1]:6379", "entry 2")]
    [InlineData("localhost:0", "entry 1")]
    [InlineData("localhost:70000", "entry 1")]
    [InlineData("localhost,password=hush,ha ha", "entry 3")]
    [InlineData("localhost,pasword=hush", "entry 2")]
    [InlineData("localhost,user=hush", "user name")]
    [InlineData("localhost,channelPrefix=hush", "'channelPrefix'")]
    [InlineData("localhost,proxy=twemproxy", "'proxy'")]
    [InlineData("localhost,connectTimeout=hush", "'connectTimeout'")]
    [InlineData("localhost,ssl=hush", "'ssl'")]
    public void Connections_ConfigurationCannotBeUsed_SayWhyWithoutItsValues(string text, string reason)
    {
        using var log = new LogWatcher();

        var error = Assert.Throws<FormatException>(
            () => new RedisConnections(new RedisSettings(text, "test"), TimeProvider.System, log.For<RedisConnections>()));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, RedisSettings.FindFault(text));
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ha ha", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:6379")]
    [InlineData("redis-1.example:6379,redis-2.example:6379,password=p=a=d==,ssl=true")]
    [InlineData("10.0.0.1:26379, 10.0.0.2:26379, serviceName=primary, connectTimeout=500, abortConnect=false")]
    [InlineData("localhost:6379,defaultDatabase=3")]
    public void Parse_ConfigurationsInUse_AreTaken(string text)
    {
        Assert.Null(RedisSettings.FindFault(text));
        Assert.Equal(
            text.Split(',').Count(entry => !entry.Contains('=', StringComparison.Ordinal)), RedisConfiguration.Parse(text).ForCommands(null).EndPoints.Count);
    }

    [Fact]
    public void ForCommands_GivenSettings_AreKeptAndOthersAreOurs()
    {
        var given = RedisConfiguration.Parse("localhost,connectTimeout=500,keepAlive=9,name=shop,password=p=a=d==,defaultDatabase=3").ForCommands(null);
        var ours = RedisConfiguration.Parse("localhost").ForCommands(null);

        Assert.Equal((500, 9, "shop-commands", "p=a=d==", 3), (given.ConnectTimeout, given.KeepAlive, given.ClientName, given.Password, given.DefaultDatabase));
        Assert.Equal((2_000, 5, "copilot-commands"), (ours.ConnectTimeout, ours.KeepAlive, ours.ClientName));
        Assert.False(ours.AbortOnConnectFail);
    }
}
