using System.Net;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.ContactOptions;

public sealed class ContactOptionsEndpointsTests : IAsyncLifetime
{
    /// <summary>The test clock starts on Monday 23 November 2026 at 10:00 UTC, which is 11:00 in Amsterdam.</summary>
    private static readonly string[] Settings =
    [
        "--Sites:shop:Topics:gifts:Queue=gifts",
        "--Sites:shop:Queues:gifts:MaximumLength=1",
        "--Sites:shop:Queues:gifts:Hours:Zone=Europe/Amsterdam",
        "--Sites:shop:Queues:gifts:Hours:Days:mon:0=09:00-17:00",
        "--Sites:shop:Queues:gifts:Hours:Days:tue:0=09:00-17:00",
        "--Sites:shop:Callbacks:Prefixes:0=+31",
        "--Sites:shop:Callbacks:BlockedPrefixes:0=+3197",
        "--Sites:shop:Callbacks:DefaultRegion=NL",
        "--Sites:shop:Topics:calls:Queue=calls",
        "--Sites:shop:Queues:calls:Callbacks:WrapUp=00:00:10",
        "--Sites:shop:Topics:office:Queue=office",
        "--Sites:shop:Queues:office:Callbacks:WrapUp=00:00:10",
        "--Sites:shop:Queues:office:Hours:Zone=Europe/Amsterdam",
        "--Sites:shop:Queues:office:Hours:Days:mon:0=09:00-17:00",
    ];

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(settings: Settings);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Get_OpenQueue_CanTakeAChatNow()
    {
        var options = await RunningServer.ReadAsync<ContactOptionsResult>(await GetAsync("gifts"));

        Assert.Equal("gifts", options.Queue);
        Assert.Equal(new ChannelOption(Channels.Chat, Available: true, Waiting: 0), Assert.Single(options.Channels));
    }

    [Fact]
    public async Task Get_ClosedQueue_SaysWhenItOpens()
    {
        _server.Clock.Advance(TimeSpan.FromHours(6));

        var options = await RunningServer.ReadAsync<ContactOptionsResult>(await GetAsync("gifts"));

        var opensAt = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(new ChannelOption(Channels.Chat, Available: false, Waiting: 0, opensAt), Assert.Single(options.Channels));
    }

    [Fact]
    public async Task Get_FullQueue_CanTakeNoMore()
    {
        var customer = new CustomerInfo("c_1", Verified: false);
        var enqueued = await _server.Services.GetRequiredService<IContactQueue>()
            .EnqueueAsync(new NewContact("r1", RunningServer.Site, customer, "gifts", null)).Within();
        Assert.True(enqueued.IsAccepted);

        var options = await RunningServer.ReadAsync<ContactOptionsResult>(await GetAsync("gifts"));

        Assert.Equal(new ChannelOption(Channels.Chat, Available: false, Waiting: 1), Assert.Single(options.Channels));
    }

    [Fact]
    public async Task Get_QueueWithCallbacks_HasOneLineForBothChannels()
    {
        var customer = new CustomerInfo("c_1", Verified: false);
        var enqueued = await _server.Services.GetRequiredService<IContactQueue>()
            .EnqueueAsync(new NewContact("r1", RunningServer.Site, customer, "calls", null)).Within();
        Assert.True(enqueued.IsAccepted);

        var options = await RunningServer.ReadAsync<ContactOptionsResult>(await GetAsync("calls"));

        Assert.Equal(
            [new ChannelOption(Channels.Chat, Available: true, Waiting: 1), new ChannelOption(Channels.Callback, Available: true, Waiting: 1)],
            options.Channels.Select(channel => channel with { Callback = null }));
    }

    [Theory]
    [InlineData("calls", null)]
    [InlineData("office", "Europe/Amsterdam")]
    public async Task Get_QueueWithCallbacks_SaysWhichNumbersAreCalledAndByWhichClock(string topic, string? zone)
    {
        var options = await RunningServer.ReadAsync<ContactOptionsResult>(await GetAsync(topic));

        Assert.Null(options.Channels[0].Callback);
        var rules = options.Channels[1].Callback!;
        Assert.Equal(["+31"], rules.Prefixes);
        Assert.Contains("+3197", rules.BlockedPrefixes);
        Assert.Contains("+31900", rules.BlockedPrefixes);
        Assert.Equal(("NL", zone), (rules.Region, rules.Zone));
    }

    [Fact]
    public async Task Get_Unknown_IsRefused()
    {
        await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await GetAsync("nothing"));
        await RunningServer.AssertProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, await GetAsync("gifts", "nowhere"));
        await RunningServer.AssertProblemAsync(
            HttpStatusCode.NotFound, ErrorCodes.NotFound, await _server.SendAsync(HttpMethod.Get, "/api/contact-options"));
    }

    [Fact]
    public async Task Get_FromAPage_IsForItsOwnSiteOnly()
    {
        var own = await GetAsync("gifts", origin: RunningServer.ShopOrigin);
        Assert.Equal([RunningServer.ShopOrigin], own.Headers.GetValues("Access-Control-Allow-Origin"));

        await RunningServer.AssertProblemAsync(
            HttpStatusCode.Forbidden, ErrorCodes.Forbidden, await GetAsync("gifts", origin: RunningServer.OtherOrigin));
    }

    private Task<HttpResponseMessage> GetAsync(string topic, string site = RunningServer.Site, string? origin = null) =>
        _server.SendAsync(HttpMethod.Get, $"/api/contact-options?site={site}&topic={topic}", origin: origin);
}
