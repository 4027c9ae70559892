using CoPilot.ChatServer.Sites;
using static CoPilot.ChatServer.Tests.Sites.TestHours;

namespace CoPilot.ChatServer.Tests.Sites;

/// <summary>Several intervals a day, nights and exceptions. In November and December 2026 Amsterdam is an hour ahead of UTC; the 23rd of November is a Monday.</summary>
public sealed class CalendarTests
{
    private static readonly OpeningHours Shop = Of(
        "Europe/Amsterdam",
        "mon 09:00-12:30 13:30-17:00",
        "thu 09:00-17:00",
        "fri 09:00-17:00 22:00-02:00",
        "sat 22:00-00:00",
        "2026-12-24 09:00-13:00",
        "2026-12-25",
        "2026-12-27 12:00-16:00",
        "2026-12-28");

    [Theory]
    [InlineData("2026-11-23T08:00:00Z", "2026-11-23T11:30:00Z", null)]                   // Monday morning, until lunch
    [InlineData("2026-11-23T11:29:59.999Z", "2026-11-23T11:30:00Z", null)]
    [InlineData("2026-11-23T11:30:00Z", null, "2026-11-23T12:30:00Z")]                   // lunch
    [InlineData("2026-11-23T16:00:00Z", null, "2026-11-26T08:00:00Z")]                   // Monday evening
    [InlineData("2026-11-27T20:59:59Z", null, "2026-11-27T21:00:00Z")]                   // Friday 21:59:59
    [InlineData("2026-11-27T21:00:00Z", "2026-11-28T01:00:00Z", null)]                   // Friday 22:00
    [InlineData("2026-11-28T00:59:59Z", "2026-11-28T01:00:00Z", null)]                   // Saturday 01:59:59, Friday's night
    [InlineData("2026-11-28T01:00:00Z", null, "2026-11-28T21:00:00Z")]                   // Saturday 02:00
    [InlineData("2026-11-28T22:59:59Z", "2026-11-28T23:00:00Z", null)]                   // Saturday 23:59:59, which ends at midnight
    [InlineData("2026-11-28T23:00:00Z", null, "2026-11-30T08:00:00Z")]
    [InlineData("2026-12-24T08:00:00Z", "2026-12-24T12:00:00Z", null)]                   // hours of its own
    [InlineData("2026-12-24T12:00:00Z", null, "2026-12-26T21:00:00Z")]                   // over the closed 25th, a Friday, whose night is gone too
    [InlineData("2026-12-26T00:30:00Z", null, "2026-12-26T21:00:00Z")]
    [InlineData("2026-12-27T11:00:00Z", "2026-12-27T15:00:00Z", null)]                   // a Sunday that is open for once
    [InlineData("2026-12-27T15:00:00Z", null, "2026-12-31T08:00:00Z")]                   // over the closed Monday
    public void Calendar_AtAMoment_SaysWhenItClosesOrOpens(string moment, string? closes, string? opens)
    {
        Assert.Equal(closes is not null, Shop.IsOpenAt(At(moment)));
        Assert.Equal((AtOrNever(closes), AtOrNever(opens)), (Shop.ClosesAt(At(moment)), Shop.NextOpening(At(moment))));
    }

    [Fact]
    public void Openings_OfAWeek_AreInOrderAndCutAtItsEnds()
    {
        Assert.Equal(
            ["11-23 10:15:30/11-23 11:30", "11-23 12:30/11-23 16:00", "11-26 08:00/11-26 16:00", "11-27 08:00/11-27 16:00", "11-27 21:00/11-28 00:45:10"],
            Shop.Between("2026-11-23T10:15:30Z", "2026-11-28T00:45:10Z"));
        Assert.Empty(Shop.Between("2026-11-23T11:30:00Z", "2026-11-23T12:30:00Z"));
        Assert.Empty(Shop.Between("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"));
        Assert.Empty(Shop.Between("2026-11-23T11:00:00Z", "2026-11-23T10:00:00Z"));
    }

    [Fact]
    public void Openings_OverAnException_AreThoseOfTheException() => Assert.Equal(
        ["12-24 08:00/12-24 12:00", "12-26 21:00/12-26 23:00", "12-27 11:00/12-27 15:00", "12-31 08:00/12-31 16:00", "01-01 08:00/01-01 16:00", "01-01 21:00/01-02 01:00"],
        Shop.Between("2026-12-24T00:00:00Z", "2027-01-02T12:00:00Z"));

    [Fact]
    public void Exception_AfterANight_LeavesTheNightWhole()
    {
        var hours = Of("Europe/Amsterdam", "thu 20:00-04:00", "fri 20:00-04:00", "2026-12-25");

        // The night of the 24th goes on into the closed 25th, and the 25th has no night.
        Assert.Equal(["12-24 19:00/12-25 03:00", "12-31 19:00/01-01 03:00"], hours.Between("2026-12-24T12:00:00Z", "2027-01-01T12:00:00Z"));
        Assert.Equal(At("2026-12-25T03:00:00Z"), hours.ClosesAt(At("2026-12-24T20:00:00Z")));
    }

    [Fact]
    public void Exception_ThatBeginsInsideTheNightBefore_IsOneOpeningWithIt()
    {
        var hours = Of("Europe/Amsterdam", "thu 20:00-04:00", "2026-12-25 03:00-06:00", "2026-12-26 22:00-03:00");

        Assert.Equal(["12-24 19:00/12-25 05:00", "12-26 21:00/12-27 02:00"], hours.Between("2026-12-24T12:00:00Z", "2026-12-28T00:00:00Z"));
        Assert.Equal(At("2026-12-25T05:00:00Z"), hours.ClosesAt(At("2026-12-24T20:00:00Z")));
    }

    [Fact]
    public void Exception_ShorterThanTheNightBefore_DoesNotEndIt()
    {
        var hours = Of("Europe/Amsterdam", "thu 20:00-04:00", "2026-12-25 01:00-02:00");

        Assert.Equal(At("2026-12-25T03:00:00Z"), hours.ClosesAt(At("2026-12-25T00:30:00Z")));
    }

    [Fact]
    public void ClosesAt_DaysThatMeetAtMidnight_IsTheEndOfTheLast()
    {
        var hours = Of("Europe/Amsterdam", "mon 18:00-24:00", "tue 00:00-24:00", "wed 00:00-06:00 06:00-07:30");

        Assert.Equal(At("2026-11-25T06:30:00Z"), hours.ClosesAt(At("2026-11-23T17:00:00Z")));
        Assert.Equal(["11-23 17:00/11-25 06:30"], hours.Between("2026-11-23T00:00:00Z", "2026-11-26T00:00:00Z"));
    }

    [Fact]
    public void ClosesAt_AroundTheClock_IsNeverOrTheNextException()
    {
        string[] always = ["mon 00:00-24:00", "tue 00:00-24:00", "wed 00:00-24:00", "thu 00:00-24:00", "fri 00:00-24:00", "sat 00:00-24:00", "sun 00:00-24:00"];
        var moment = At("2026-11-23T10:00:30Z");

        Assert.Null(OpeningHours.Always.ClosesAt(moment));
        Assert.Null(Of("Europe/Amsterdam", always).ClosesAt(moment));

        var closedInTwoYears = Of("Europe/Amsterdam", [.. always, "2028-12-25"]);
        Assert.Equal(At("2028-12-24T23:00:00Z"), closedInTwoYears.ClosesAt(moment));
        Assert.Equal(At("2028-12-25T23:00:00Z"), closedInTwoYears.NextOpening(At("2028-12-25T12:00:00Z")));
        Assert.Null(closedInTwoYears.ClosesAt(At("2028-12-26T00:00:00Z")));
    }

    [Fact]
    public void NextOpening_OfExceptionsAlone_IsEachOfThemAndThenNever()
    {
        var hours = Of("Europe/Amsterdam", "mon", "2030-05-05 09:00-10:00", "2099-12-31 23:00-01:00");

        Assert.Equal(At("2030-05-05T07:00:00Z"), hours.NextOpening(At("2026-11-23T10:00:00Z")));
        Assert.Equal(At("2099-12-31T22:00:00Z"), hours.NextOpening(At("2030-05-05T08:00:00Z")));
        Assert.Equal(At("2100-01-01T00:00:00Z"), hours.ClosesAt(At("2099-12-31T23:30:00Z")));
        Assert.Null(hours.NextOpening(At("2100-01-01T00:00:00Z")));
    }

    [Fact]
    public void Calendar_AtTheEndsOfTime_Answers()
    {
        Assert.True(OpeningHours.Always.IsOpenAt(DateTimeOffset.MinValue));
        Assert.Null(OpeningHours.Always.ClosesAt(DateTimeOffset.MaxValue));
        foreach (var zone in (string[])["Etc/UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
        {
            var never = Of(zone, "mon");
            Assert.Equal((false, null), (never.IsOpenAt(DateTimeOffset.MinValue), never.NextOpening(DateTimeOffset.MinValue)));
            Assert.Equal((false, null), (never.IsOpenAt(DateTimeOffset.MaxValue), never.NextOpening(DateTimeOffset.MaxValue)));
        }
    }
}
