using System.Globalization;
using System.Net;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Callbacks;

public sealed class CallbackTimesTests : IAsyncLifetime
{
    /// <summary>The test clock starts on Monday 23 November 2026 at 10:00 UTC, which is 11:00 in Amsterdam.</summary>
    private static readonly string[] Settings =
    [
        "--Sites:shop:Callbacks:Prefixes:0=+31",
        "--Sites:shop:Topics:mornings:Queue=mornings",
        "--Sites:shop:Queues:mornings:Callbacks:CallsPerSlot=1",
        "--Sites:shop:Queues:mornings:Callbacks:DaysAhead=1",
        "--Sites:shop:Queues:mornings:Hours:Zone=Europe/Amsterdam",
        "--Sites:shop:Queues:mornings:Hours:Days:mon:0=09:00-12:00",
        "--Sites:shop:Queues:mornings:Hours:Days:tue:0=10:50-12:00",
        "--Sites:shop:Topics:always:Queue=always",
        "--Sites:shop:Queues:always:Callbacks:SlotLength=00:05:00",
    ];

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(settings: Settings);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Get_WithinHoursAndTheDaysAhead_HasEveryTime()
    {
        var times = await TimesAsync("mornings");

        Assert.Equal(("mornings", 15, null), (times.Queue, times.SlotMinutes, times.NextFrom));
        Assert.Equal([At("23T10:15"), At("23T10:30"), At("23T10:45"), At("24T10:00")], times.Times);
        Assert.Equal([At("23T10:45"), At("24T10:00")], (await TimesAsync("mornings", "2026-11-23T10:31:00Z")).Times);
        Assert.Equal(times.Times, (await TimesAsync("mornings", "2020-01-01T00:00:00Z")).Times);
        Assert.Empty((await TimesAsync("mornings", "9999-12-31T23:59:59Z")).Times);
    }

    [Fact]
    public async Task Get_WithoutRoom_LeavesTheTimeOut()
    {
        var asked = new NewCallback("r1", RunningServer.Site, new CustomerInfo("c_1", Verified: false), "mornings", "+31612345678", Note: null, At("23T10:30"));
        Assert.True((await _server.Services.GetRequiredService<IContactQueue>().RequestCallbackAsync(asked).Within()).IsAccepted);

        Assert.Equal([At("23T10:15"), At("23T10:45"), At("24T10:00")], (await TimesAsync("mornings")).Times);
    }

    [Fact]
    public async Task Get_MoreThanFit_SaysWhereToGoOn()
    {
        var first = await TimesAsync("always");
        Assert.Equal((Limits.CallbackTimes, At("23T10:05")), (first.Times.Count, first.Times[0]));
        Assert.Equal(first.Times[^1].AddMinutes(5), first.NextFrom);

        var second = await TimesAsync("always", first.NextFrom!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

        Assert.Equal(first.NextFrom, second.Times[0]);
    }

    [Fact]
    public async Task Get_OfNothing_IsRefused()
    {
        await RunningServer.AssertProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, await GetAsync("site=nowhere&topic=always"));
        await RunningServer.AssertProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, await GetAsync("topic=always"));
        await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await GetAsync("site=shop&topic=weather"));
        await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await GetAsync("site=shop&topic=orders"));
        await RunningServer.AssertProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.Invalid, await GetAsync("site=shop&topic=always&from=soon"));
    }

    [Fact]
    public async Task Get_FromAPage_IsForItsOwnSiteOnly()
    {
        var own = await GetAsync("site=shop&topic=always", RunningServer.ShopOrigin);
        Assert.Equal([RunningServer.ShopOrigin], own.Headers.GetValues("Access-Control-Allow-Origin"));

        await RunningServer.AssertProblemAsync(
            HttpStatusCode.Forbidden, ErrorCodes.Forbidden, await GetAsync("site=shop&topic=always", RunningServer.OtherOrigin));
    }

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse($"2026-11-{moment}:00Z", CultureInfo.InvariantCulture);

    private async Task<CallbackTimesResult> TimesAsync(string topic, string? from = null) =>
        await RunningServer.ReadAsync<CallbackTimesResult>(await GetAsync($"site=shop&topic={topic}{(from is null ? "" : $"&from={from}")}"));

    private Task<HttpResponseMessage> GetAsync(string query, string? origin = null) =>
        _server.SendAsync(HttpMethod.Get, $"/api/callback-times?{query}", origin: origin);
}
