using System.Text;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static CoPilot.ChatServer.Tests.Sites.TestHours;

namespace CoPilot.ChatServer.Tests.Sites;

public sealed class CalendarConfigurationTests
{
    [Fact]
    public void Calendars_FromAFile_AreSharedByTheirQueues()
    {
        var site = Read("""
            "Calendars": {
              "shop": {
                "Zone": "Europe/Amsterdam",
                "Days": { "Mon": ["09:00-12:30", "13:30-17:00"], "fri": ["22:00-02:00"], "sun": [] },
                "Exceptions": { "2026-12-25": [], "2026-12-31": ["09:00-13:00"] }
              }
            },
            "Queues": { "one": { "Calendar": "shop" }, "other": { "Calendar": "shop" }, "always": { "MaximumLength": 3 } }
            """);

        var hours = site.FindQueue("one")!.Hours;
        Assert.Same(hours, site.FindQueue("other")!.Hours);
        Assert.Null(site.FindQueue("always")!.Hours.ClosesAt(At("2026-12-25T12:00:00Z")));
        Assert.Equal(
            ["12-21 08:00/12-21 11:30", "12-21 12:30/12-21 16:00", "12-28 08:00/12-28 11:30", "12-28 12:30/12-28 16:00", "12-31 08:00/12-31 12:00", "01-01 21:00/01-02 01:00"],
            hours.Between("2026-12-20T00:00:00Z", "2027-01-03T00:00:00Z"));
    }

    [Fact]
    public void Calendars_ManyFaults_AreAllShownWithTheirPaths()
    {
        var fault = Assert.Throws<StartupException>(() => Read("""
            "Calendars": {
              "Big One": { "Zone": "Etc/UTC", "Days": { "mon": ["09:00-17:00"] } },
              "mars": { "Zone": "Mars/Olympus", "Days": { "mon": ["09:00-17:00"] } },
              "empty": { "Zone": "Etc/UTC" },
              "times": { "Zone": "Etc/UTC", "Days": { "mon": ["9:00-17:00", "24:00-02:00", "08:00-08:00", "08:00-24:30", "08:00", null] } },
              "days": { "Zone": "Etc/UTC", "Days": { "monday": ["09:00-17:00"], "sun": ["22:00-02:00"], "mon": ["01:00-03:00"], "tue": ["09:00-12:00", "11:59-13:00"] } },
              "dates": {
                "Zone": "Etc/UTC",
                "Days": { "mon": ["09:00-17:00"] },
                "Exceptions": { "2026-02-29": [], "25-12-2026": [], "2206-12-25": [], "2026-12-31": ["9-17"], "2026-12-24": ["09:00-12:00", "11:00-13:00"] }
              }
            },
            "Queues": {
              "both": { "Calendar": "mars", "Hours": { "Zone": "Etc/UTC", "Days": { "mon": ["09:00-17:00"] } } },
              "lost": { "Calendar": "nowhere" },
              "own": { "Hours": { "Zone": "Etc/UTC", "Days": { "mon": ["09:00-17:00"] }, "Exceptions": { "2026-12-25": ["soon"] } } }
            }
            """));

        string[] expected =
        [
            "The configuration has faults:",
            "  Sites:s:Calendars:dates:Exceptions:2026-02-29: '2026-02-29' is not a date",
            "  Sites:s:Calendars:dates:Exceptions:2026-12-24: '11:00-13:00' overlaps",
            "  Sites:s:Calendars:dates:Exceptions:2026-12-31: '9-17' is not an interval",
            "  Sites:s:Calendars:dates:Exceptions:2206-12-25: '2206-12-25' is not a date",
            "  Sites:s:Calendars:dates:Exceptions:25-12-2026: '25-12-2026' is not a date",
            "  Sites:s:Calendars:days:Days:monday: 'monday' is not one of",
            "  Sites:s:Calendars:days:Days:sun: '22:00-02:00' overlaps",
            "  Sites:s:Calendars:days:Days:tue: '11:59-13:00' overlaps",
            "  Sites:s:Calendars:empty:Days: ",
            "  Sites:s:Calendars:mars:Zone: The zone 'Mars/Olympus'",
            "  Sites:s:Calendars:times:Days:mon: '' is not an interval",
            "  Sites:s:Calendars:times:Days:mon: '08:00' is not an interval",
            "  Sites:s:Calendars:times:Days:mon: '08:00-08:00' is not an interval",
            "  Sites:s:Calendars:times:Days:mon: '08:00-24:30' is not an interval",
            "  Sites:s:Calendars:times:Days:mon: '24:00-02:00' is not an interval",
            "  Sites:s:Calendars:times:Days:mon: '9:00-17:00' is not an interval",
            "  Sites:s:Queues:both:Calendar: a queue has a calendar or hours",
            "  Sites:s:Queues:lost:Calendar: the site has no calendar 'nowhere'",
            "  Sites:s:Queues:own:Hours:Exceptions:2026-12-25: 'soon' is not an interval",
            "  Sites:s: 'Big One' is not a name",
        ];
        var lines = fault.Message.Split('\n');
        Assert.All(expected, start => Assert.Contains(lines, line => line.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, lines.Length);
    }

    private static Site Read(string settings)
    {
        var file = $$"""{ "Sites": { "s": { "Name": "S", {{settings}} } } }""";
        using var app = (IDisposable)Program.Create(["--environment=Production"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(file)));
        });
        var services = ((WebApplication)app).Services;
        services.CheckConfiguration();
        Assert.True(services.GetRequiredService<ISiteCatalog>().TryGet("s", out var site));
        return site;
    }
}
