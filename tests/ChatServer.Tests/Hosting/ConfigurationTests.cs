using System.Text;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Sites;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class ConfigurationTests
{
    private const string ValidKey = "--Auth:SigningKey=c2hvcC1rZXktc2hvcC1rZXktc2hvcC1rZXktc2hvcC1rZXk=";

    private const string ValidPrefix = "--Sites:s:Callbacks:Prefixes:0=+31";

    private const string ValidSecret = "--Sites:s:Callbacks:Webhook:Secret=c2hvcC1rZXktc2hvcC1rZXktc2hvcC1rZXktc2hvcC1rZXk=";

    [Theory]
    [InlineData("Urls", "--Urls=nonsense")]
    [InlineData("PublicOrigins", "--PublicOrigins=https://chat.shop.example/path")]
    [InlineData("PublicOrigins", "--PublicOrigins=https://bücher.example")]
    [InlineData("NodeName", "--NodeName=no spaces")]
    [InlineData("Auth:SigningKey", "--Auth:SigningKey=short")]
    [InlineData("ConnectionStrings:Redis", "--ConnectionStrings:Redis=localhost,nonsense=1", ValidKey)]
    [InlineData("Redis:KeyPrefix", "--ConnectionStrings:Redis=localhost", ValidKey, "--Redis:KeyPrefix={a}")]
    [InlineData("Auth:SigningKey", "--ConnectionStrings:Redis=localhost:6379")]
    [InlineData("ConnectionStrings:History", "--ConnectionStrings:History=Host=localhost")]
    [InlineData("Proxy:TrustedNetworks", "--Proxy:TrustedNetworks=10.0.0.0/8;proxy.internal")]
    [InlineData("Telemetry:OtlpEndpoint", "--Telemetry:OtlpEndpoint=collector")]
    [InlineData("Drain:ReconnectWithin", "--Drain:ReconnectWithin=00:06:00")]
    [InlineData("RateLimits:SignInsPerMinute", "--RateLimits:SignInsPerMinute=0")]
    [InlineData("Sites:s:Name", "--Sites:s:Origins:0=https://x.example")]
    [InlineData("Sites:S P", "--Sites:S P:Name=x")]
    [InlineData("Sites:s:Origins", "--Sites:s:Name=S", "--Sites:s:Origins:0=www.shop.example")]
    [InlineData("the queue 'nowhere'", "--Sites:s:Name=S", "--Sites:s:Topics:a:Queue=nowhere")]
    [InlineData("'Big Queue' is not a name", "--Sites:s:Name=S", "--Sites:s:Queues:Big Queue:MaximumLength=1")]
    [InlineData("Sites:s:Queues:q:AcceptTimeout", "--Sites:s:Name=S", "--Sites:s:Queues:q:AcceptTimeout=00:00:00")]
    [InlineData("Sites:s:Queues:q:AcceptTimeout", "--Sites:s:Name=S", "--Sites:s:Queues:q:AcceptTimeout=soon")]
    [InlineData("Sites:s:Queues:q:Strategy: must be least_loaded", "--Sites:s:Name=S", "--Sites:s:Queues:q:Strategy=fastest")]
    [InlineData("Sites:s:Queues:q:MaximumHeadStart", "--Sites:s:Name=S", "--Sites:s:Queues:q:MaximumHeadStart=00:31:00")]
    [InlineData("Sites:s:Queues:q:MaximumHeadStart: must be whole", "--Sites:s:Name=S", "--Sites:s:Queues:q:MaximumHeadStart=00:00:01.5")]
    [InlineData("Priorities: rule 0: HeadStart", "--Sites:s:Name=S", "--Sites:s:Queues:q:Priorities:0:Verified=true")]
    [InlineData("Priorities: rule 0: HeadStart", "--Sites:s:Name=S", "--Sites:s:Queues:q:Priorities:0:Verified=true", "--Sites:s:Queues:q:Priorities:0:HeadStart=00:30:01")]
    [InlineData("Queues:q:Overflow:Queue", "--Sites:s:Name=S", "--Sites:s:Queues:q:Overflow:WhenNobody=true")]
    [InlineData("Queues:q:Overflow: the site has no queue 'r'", "--Sites:s:Name=S", "--Sites:s:Queues:q:Overflow:Queue=r", "--Sites:s:Queues:q:Overflow:WhenNobody=true")]
    [InlineData("cannot be the queue itself", "--Sites:s:Name=S", "--Sites:s:Queues:q:Overflow:Queue=q", "--Sites:s:Queues:q:Overflow:WhenNobody=true")]
    [InlineData("must say when", "--Sites:s:Name=S", "--Sites:s:Queues:r:MaximumLength=1", "--Sites:s:Queues:q:Overflow:Queue=r")]
    [InlineData("Overflow:After", "--Sites:s:Name=S", "--Sites:s:Queues:r:MaximumLength=1", "--Sites:s:Queues:q:Overflow:Queue=r", "--Sites:s:Queues:q:Overflow:After=00:00:00")]
    [InlineData("must say whom it is for", "--Sites:s:Name=S", "--Sites:s:Queues:q:Priorities:0:HeadStart=00:01:00")]
    [InlineData("no topic 'vip' leads", "--Sites:s:Name=S", "--Sites:s:Queues:q:Priorities:0:Topic=vip", "--Sites:s:Queues:q:Priorities:0:HeadStart=00:01:00")]
    [InlineData("Attribute and Value go together", "--Sites:s:Name=S", "--Sites:s:Queues:q:Priorities:0:Attribute=tier", "--Sites:s:Queues:q:Priorities:0:HeadStart=00:01:00")]
    [InlineData("'AcceptTimeuot'", "--Sites:s:Name=S", "--Sites:s:Queues:q:AcceptTimeuot=00:00:10")]
    [InlineData("Sites:s:Queues:q:Hours:Zone", "--Sites:s:Name=S", "--Sites:s:Queues:q:Hours:Zone=Mars/Olympus", "--Sites:s:Queues:q:Hours:Days:mon:0=09:00-17:00")]
    [InlineData("Sites:s:Queues:q:Hours:Days", "--Sites:s:Name=S", "--Sites:s:Queues:q:Hours:Zone=Europe/Amsterdam")]
    [InlineData("'someday'", "--Sites:s:Name=S", "--Sites:s:Queues:q:Hours:Zone=Europe/Amsterdam", "--Sites:s:Queues:q:Hours:Days:someday:0=09:00-17:00")]
    [InlineData("'17:00-17:00'", "--Sites:s:Name=S", "--Sites:s:Queues:q:Hours:Zone=Europe/Amsterdam", "--Sites:s:Queues:q:Hours:Days:mon:0=17:00-17:00")]
    [InlineData("overlaps", "--Sites:s:Name=S", "--Sites:s:Queues:q:Hours:Zone=Europe/Amsterdam", "--Sites:s:Queues:q:Hours:Days:mon:0=09:00-17:00", "--Sites:s:Queues:q:Hours:Days:mon:1=16:00-18:00")]
    [InlineData("Sites:s:Queues:q:Hours:Days:mon", "--Sites:s:Name=S", "--Sites:s:Queues:q:Hours:Zone=Europe/Amsterdam", "--Sites:s:Queues:q:Hours:Days:mon=09:00-17:00")]
    [InlineData("Sites:s:Queues:q:Calendar", "--Sites:s:Name=S", "--Sites:s:Queues:q:Calendar=nowhere")]
    [InlineData("Sites:s:Identity:Key", "--Sites:s:Name=S", "--Sites:s:Identity:Key=c2hvcnQ=")]
    [InlineData("Sites:s:CoPilot:Scope", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=http://www.shop.example/")]
    [InlineData("Sites:s:CoPilot:Scope", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=https://user@www.shop.example/")]
    [InlineData("Sites:s:CoPilot:Scope", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=https://www.shop.example/a/../b")]
    [InlineData("Sites:s:CoPilot:Scope", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=help")]
    [InlineData("outside Development", "--environment=Production", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=http://localhost:5081/")]
    [InlineData("cannot be shown by Co-Pilot", "--Sites:s:Name=S", "--Sites:s:Origins:0=http://www.shop.example", "--Sites:s:CoPilot:Scope:0=/")]
    [InlineData("Sites:s:CoPilot:Excluded", "--Sites:s:Name=S", "--Sites:s:CoPilot:Excluded:0=checkout")]
    [InlineData("Sites:s:CoPilot:Dangerous", "--Sites:s:Name=S", "--Sites:s:CoPilot:Dangerous:0=/logout?now")]
    [InlineData("'/checkout'", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=/", "--Sites:s:CoPilot:Excluded:0=/checkout", "--Sites:s:CoPilot:Pages:0:Title=T", "--Sites:s:CoPilot:Pages:0:Url=/checkout")]
    [InlineData("Sites:s:CoPilot:Pages", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=https://a.example/", "--Sites:s:CoPilot:Pages:0:Title=T", "--Sites:s:CoPilot:Pages:0:Url=https://b.example/")]
    [InlineData("Sites:s:CoPilot:Pages", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=/", "--Sites:s:CoPilot:Pages:0:Title=T", "--Sites:s:CoPilot:Pages:0:Url=/a?b=c")]
    [InlineData("title", "--Sites:s:Name=S", "--Sites:s:CoPilot:Scope:0=/", "--Sites:s:CoPilot:Pages:0:Url=/a")]
    [InlineData("Sites:s:CoPilot:Pages", "--Sites:s:Name=S", "--Sites:s:CoPilot:Pages:0:Title=T", "--Sites:s:CoPilot:Pages:0:Url=/a")]
    [InlineData("Sites:s:CoPilot:ShownSelectors", "--Sites:s:Name=S", "--Sites:s:CoPilot:ShownSelectors:0=")]
    [InlineData("'pigeon'", "--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:Dialer=pigeon")]
    [InlineData("Sites:s:Callbacks:Dialer", "--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:Dialer=webhook")]
    [InlineData("Sites:s:Callbacks:Webhook:Url", "--Sites:s:Name=S", ValidPrefix, ValidSecret)]
    [InlineData("Sites:s:Callbacks:Webhook:Url", "--Sites:s:Name=S", ValidPrefix, ValidSecret, "--Sites:s:Callbacks:Webhook:Url=http://voice.example/calls")]
    [InlineData("Sites:s:Callbacks:Webhook:Url", "--Sites:s:Name=S", ValidPrefix, ValidSecret, "--Sites:s:Callbacks:Webhook:Url=https://me:word@voice.example/calls")]
    [InlineData("outside Development", "--Sites:s:Name=S", ValidPrefix, ValidSecret, "--Sites:s:Callbacks:Webhook:Url=http://localhost:5090/calls")]
    [InlineData("Sites:s:Callbacks:Webhook:Secret", "--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:Webhook:Url=https://voice.example/calls")]
    [InlineData("Sites:s:Callbacks:Webhook:Secret", "--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:Webhook:Url=https://voice.example/calls", "--Sites:s:Callbacks:Webhook:Secret=c2hvcnQ=")]
    [InlineData("Sites:s:Callbacks:Webhook:Timeout", "--Sites:s:Name=S", ValidPrefix, ValidSecret, "--Sites:s:Callbacks:Webhook:Url=https://voice.example/calls", "--Sites:s:Callbacks:Webhook:Timeout=00:01:00")]
    [InlineData("Sites:s:Callbacks:Prefixes", "--Sites:s:Name=S", "--Sites:s:Callbacks:DefaultRegion=NL")]
    [InlineData("'31'", "--Sites:s:Name=S", "--Sites:s:Callbacks:Prefixes:0=31")]
    [InlineData("'+01'", "--Sites:s:Name=S", "--Sites:s:Callbacks:Prefixes:0=+01")]
    [InlineData("Sites:s:Callbacks:BlockedPrefixes", "--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:BlockedPrefixes:0=0900")]
    [InlineData("in Prefixes too", "--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:BlockedPrefixes:0=+31")]
    [InlineData("Sites:s:Callbacks:DefaultRegion", "--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:DefaultRegion=nl")]
    [InlineData("Sites:s:Callbacks:MaximumPerCustomer", "--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:MaximumPerCustomer=0")]
    [InlineData("Sites:s:Queues:q:Callbacks", "--Sites:s:Name=S", "--Sites:s:Queues:q:Callbacks:WrapUp=00:00:10")]
    [InlineData("Callbacks:RequestsPerNumberAndDay", "--Callbacks:RequestsPerNumberAndDay=0")]
    public void Check_OneFault_NamesTheSetting(string expected, params string[] settings)
    {
        var fault = Assert.Throws<StartupException>(() => Check(settings));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, fault.Message.Split('\n').Length);
    }

    [Fact]
    public void Check_ManyFaults_ShowsAllAtOnce()
    {
        var fault = Assert.Throws<StartupException>(() => Check(
            "--Urls=nonsense",
            "--ConnectionStrings:Redis=x,nonsense=1",
            "--Drain:ReconnectWithin=soon",
            "--Sites:s:Queues:q:AcceptTimeout=00:00:00",
            "--Sites:s:Queues:q:MaximumLength=0",
            "--Sites:s:Queues:q:Callbacks:WrapUp=00:00:10",
            "--Sites:s:Origins:0=https://www.shop.example",
            "--Sites:s:CoPilot:Scope:0=http://www.shop.example/",
            "--CoBrowse:CodeLife=soon",
            "--CoBrowse:ViewerUrls=http://127.0.0.1:5082",
            "--CoBrowse:ViewerOrigin=https://viewer.www.shop.example"));

        string[] settings =
        [
            "Urls", "ConnectionStrings:Redis", "Drain:ReconnectWithin", "Sites:s:Name", "q:AcceptTimeout", "q:MaximumLength", "q:Callbacks", "CoPilot:Scope", "CoBrowse:CodeLife",
            "CoBrowse:ViewerOrigin",
        ];
        foreach (var setting in settings)
        {
            Assert.Contains(setting, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Check_SecretThatIsWrong_IsNotRepeated()
    {
        var fault = Assert.Throws<StartupException>(() => Check(
            "--ConnectionStrings:Redis=localhost,password=my-secret,my-secret=1", "--Auth:SigningKey=my-secret", "--Sites:s:Name=S", "--Sites:s:Identity:Key=my-secret",
            "--Sites:s:Callbacks:Webhook:Url=http://voice.example/my-secret", "--Sites:s:Callbacks:Webhook:Secret=my-secret"));

        Assert.DoesNotContain("my-secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_HasTheDemoSite()
    {
        await using var app = Build("--environment=Development");
        app.Services.CheckConfiguration();

        Assert.True(app.Services.GetRequiredService<ISiteCatalog>().TryGet("demo", out var site));
        Assert.Equal(["gift-cards", "orders", "payments", "returns"], site.Topics.Select(topic => topic.Id));
        Assert.All(site.Topics, topic => Assert.Equal(topic.Id, topic.Queue));
        var sunday = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(["orders", "payments", "returns"], site.Queues.Where(queue => queue.Hours.IsOpenAt(sunday)).Select(queue => queue.Name));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), site.FindQueue("gift-cards")!.Hours.NextOpening(sunday));
        Assert.All(site.Queues, queue => Assert.Equal((20, 30), (queue.AcceptTimeout.TotalSeconds, queue.AgentGrace.TotalSeconds)));
    }

    [Fact]
    public async Task Callbacks_Configured_AreTheSites()
    {
        await using var app = Build("--Sites:s:Name=S", ValidPrefix, "--Sites:s:Callbacks:Prefixes:1=+32", "--Sites:s:Callbacks:BlockedPrefixes:0=+3188", "--Sites:s:Callbacks:DefaultRegion=NL");
        app.Services.CheckConfiguration();

        Assert.True(app.Services.GetRequiredService<ISiteCatalog>().TryGet("s", out var site));
        Assert.Equal(("NL", 3), (site.Callbacks.DefaultRegion, site.Callbacks.MaximumPerCustomer));
        Assert.Equal(["+31", "+32"], site.Callbacks.Phones.Prefixes);
        Assert.Superset(new HashSet<string> { "+3188", "+31900" }, site.Callbacks.Phones.BlockedPrefixes.ToHashSet());
    }

    [Fact]
    public async Task Production_HasNoDemo()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.False(server.Services.GetRequiredService<ISiteCatalog>().TryGet("demo", out _));
        Assert.Empty(await server.Accounts.ListAsync().Within());
    }

    private static void Check(params string[] settings)
    {
        using var app = (IDisposable)Build(["--environment=Production", .. settings]);
        ((WebApplication)app).Services.CheckConfiguration();
    }

    [Theory]
    [InlineData("Sites:s:CoPilot:Scope", """ "Scope": [null] """)]
    [InlineData("Sites:s:CoPilot:Excluded", """ "Excluded": [null] """)]
    [InlineData("Sites:s:CoPilot:ShownSelectors", """ "ShownSelectors": [null] """)]
    [InlineData("Sites:s:CoPilot:Pages", """ "Scope": ["/"], "Pages": [{ "Title": null, "Url": "/" }] """)]
    [InlineData("Sites:s:CoPilot:Pages", """ "Scope": ["/"], "Pages": [{ "Title": "T", "Url": null }] """)]
    public void Check_NullInAFile_NamesTheSetting(string expected, string settings)
    {
        var file = $$"""{ "Sites": { "s": { "Name": "S", "CoPilot": { {{settings}} } } } }""";

        var fault = Assert.Throws<StartupException>(() => Build(
            builder => builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(file))), "--environment=Production"));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static WebApplication Build(params string[] settings) => Build(_ => { }, settings);

    private static WebApplication Build(Action<WebApplicationBuilder> prepare, params string[] settings) => Program.Create(settings, builder =>
    {
        builder.Logging.ClearProviders();
        prepare(builder);
    });
}
