using System.Globalization;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.ContactOptions;

/// <summary><c>opensAt</c> over nights, exceptions, shared calendars and changes of the clock.</summary>
public sealed class ContactHoursTests
{
    private static readonly string[] Settings =
    [
        .. Topic("days"),
        .. Hours("Queues:days:Hours", "Europe/Amsterdam", "Days:mon:0=09:00-12:00", "Days:mon:1=13:00-17:00", "Days:fri:0=09:00-17:00", "Exceptions:2026-12-25=", "Exceptions:2026-12-28:0=10:00-11:00"),
        .. Topic("nights"),
        .. Hours("Queues:nights:Hours", "America/Santiago", "Days:sat:0=22:00-02:00", "Exceptions:2026-12-19="),
        .. Topic("first"),
        .. Topic("second"),
        "--Sites:shop:Queues:first:Calendar=egypt",
        "--Sites:shop:Queues:second:Calendar=egypt",
        .. Hours("Calendars:egypt", "Africa/Cairo", "Days:fri:0=00:30-08:00"),
    ];

    [Theory]
    [InlineData("days", "2026-11-23T11:30:00Z", "2026-11-23T12:00:00Z")]    // at lunch
    [InlineData("days", "2026-11-23T12:00:00Z", null)]
    [InlineData("days", "2026-12-21T16:00:00Z", "2026-12-28T09:00:00Z")]    // the 25th is closed, the 28th has hours of its own
    [InlineData("days", "2026-12-28T10:00:00Z", "2027-01-01T08:00:00Z")]
    [InlineData("days", "2027-03-26T16:00:00Z", "2027-03-29T07:00:00Z")]    // over the beginning of summer time
    [InlineData("nights", "2026-04-04T22:00:00Z", "2026-04-05T01:00:00Z")]  // the night in which 23:00 comes twice
    [InlineData("nights", "2026-04-05T05:59:59Z", null)]
    [InlineData("nights", "2026-04-05T06:00:00Z", "2026-04-12T02:00:00Z")]
    [InlineData("nights", "2026-09-06T04:59:59Z", null)]                    // the night in which midnight is skipped
    [InlineData("nights", "2026-09-06T05:00:00Z", "2026-09-13T01:00:00Z")]
    [InlineData("nights", "2026-12-20T02:00:00Z", "2026-12-27T01:00:00Z")]  // the night of an exception is gone past midnight too
    [InlineData("first", "2026-04-23T21:00:00Z", "2026-04-23T22:00:00Z")]   // opens inside the hour that is skipped
    [InlineData("second", "2026-04-23T21:00:00Z", "2026-04-23T22:00:00Z")]
    [InlineData("second", "2026-04-23T22:00:00Z", null)]
    public async Task Get_AtAMoment_SaysWhenItOpens(string topic, string moment, string? opensAt)
    {
        await using var server = await RunningServer.StartAsync(settings: Settings, clock: new ManualTimeProvider(At(moment)));

        var response = await server.SendAsync(HttpMethod.Get, $"/api/contact-options?site={RunningServer.Site}&topic={topic}").Within();
        var channel = Assert.Single((await RunningServer.ReadAsync<ContactOptionsResult>(response)).Channels);

        Assert.Equal((opensAt is null, opensAt is null ? null : At(opensAt)), (channel.Available, channel.OpensAt));
    }

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);

    private static string[] Topic(string name) => [$"--Sites:shop:Topics:{name}:Queue={name}", $"--Sites:shop:Queues:{name}:MaximumLength=10"];

    private static IEnumerable<string> Hours(string path, string zone, params string[] settings) =>
        settings.Append($"Zone={zone}").Select(setting => $"--Sites:shop:{path}:{setting}");
}
