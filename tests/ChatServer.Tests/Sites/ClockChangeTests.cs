using static CoPilot.ChatServer.Tests.Sites.TestHours;

namespace CoPilot.ChatServer.Tests.Sites;

/// <summary>
/// Openings around each kind of change, worked out by hand. Open is when the clock on the wall says so. Amsterdam changes at 02:00 and 03:00; Santiago, Beirut and
/// Cairo at midnight: there a day begins at 01:00 in spring, and in autumn the hour before midnight comes twice.
/// </summary>
public sealed class ClockChangeTests
{
    [Theory]
    [InlineData("sun 01:00-04:00", "03-29 00:00/03-29 02:00")]                             // around the skipped hour: two hours long
    [InlineData("sun 02:30-04:00", "03-29 01:00/03-29 02:00")]                             // begins inside: when the clock has jumped
    [InlineData("sun 01:00-02:30", "03-29 00:00/03-29 01:00")]                             // ends inside: when the clock jumps
    [InlineData("sun 01:00-02:00 03:00-04:00", "03-29 00:00/03-29 02:00")]                 // closed for the skipped hour alone: no gap
    [InlineData("sun 02:15-02:45 05:00-06:00", "03-29 03:00/03-29 04:00")]                 // wholly inside: not on this day
    [InlineData("sat 22:00-02:30", "03-28 21:00/03-29 01:00")]                             // over midnight
    public void Amsterdam_HourIsSkipped_OpensAndClosesAtTheJump(string hours, string opening) =>
        Assert.Equal([opening], Of("Europe/Amsterdam", hours).Between("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"));

    [Theory]
    [InlineData("sun 01:00-04:00", "10-24 23:00/10-25 03:00")]                             // around the doubled hour: four hours long
    [InlineData("sun 02:30-04:00", "10-25 00:30/10-25 01:00", "10-25 01:30/10-25 03:00")]  // begins inside: 02:00 to 02:30 comes once more
    [InlineData("sun 01:00-02:30", "10-24 23:00/10-25 00:30", "10-25 01:00/10-25 01:30")]  // ends inside
    [InlineData("sun 02:15-02:45", "10-25 00:15/10-25 00:45", "10-25 01:15/10-25 01:45")]  // wholly inside: twice
    [InlineData("sun 02:00-03:00", "10-25 00:00/10-25 02:00")]                             // all of it: one opening
    [InlineData("sat 22:00-02:30", "10-24 20:00/10-25 00:30", "10-25 01:00/10-25 01:30")]  // over midnight
    [InlineData("sun 03:00-04:00", "10-25 02:00/10-25 03:00")]                             // begins after it
    public void Amsterdam_HourComesTwice_IsAsTheWallSaysEachTime(string hours, params string[] openings) =>
        Assert.Equal(openings, Of("Europe/Amsterdam", hours).Between("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"));

    [Theory]
    [InlineData("sun 00:00-08:00", "09-06 04:00/09-06 11:00")]                             // opens at 01:00, when the day begins
    [InlineData("sat 22:00-02:00", "09-06 02:00/09-06 05:00")]                             // three hours
    [InlineData("sat 22:00-00:30", "09-06 02:00/09-06 04:00")]                             // ends inside the skipped hour
    [InlineData("sat 22:00-24:00", "09-06 02:00/09-06 04:00")]
    [InlineData("sun 00:30-01:30", "09-06 04:00/09-06 04:30")]
    public void Santiago_MidnightIsSkipped_TheDayBeginsAtOne(string hours, string opening) =>
        Assert.Equal([opening], Of("America/Santiago", hours).Between("2026-09-05T16:00:00Z", "2026-09-06T16:00:00Z"));

    [Theory]
    [InlineData("sat 22:00-24:00", "04-05 01:00/04-05 04:00")]                             // 23:00 comes twice: three hours
    [InlineData("sat 22:00-02:00", "04-05 01:00/04-05 06:00")]
    [InlineData("sun 00:00-08:00", "04-05 04:00/04-05 12:00")]                             // Sunday begins once
    [InlineData("sat 23:30-02:00", "04-05 02:30/04-05 03:00", "04-05 03:30/04-05 06:00")]
    [InlineData("sat 22:00-23:30", "04-05 01:00/04-05 02:30", "04-05 03:00/04-05 03:30")]
    public void Santiago_HourBeforeMidnightComesTwice_IsAsTheWallSaysEachTime(string hours, params string[] openings) =>
        Assert.Equal(openings, Of("America/Santiago", hours).Between("2026-04-04T16:00:00Z", "2026-04-05T16:00:00Z"));

    [Theory]
    [InlineData("Asia/Beirut", "2026-03-28", "sun 00:00-02:00", "03-28 22:00/03-28 23:00")]
    [InlineData("Asia/Beirut", "2026-10-24", "sat 23:00-01:00", "10-24 20:00/10-24 23:00")]
    [InlineData("Africa/Cairo", "2026-04-23", "fri 00:00-02:00", "04-23 22:00/04-23 23:00")]
    [InlineData("Africa/Cairo", "2026-10-29", "thu 23:00-01:00", "10-29 20:00/10-29 23:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04", "sun 01:00-03:00", "04-04 14:00/04-04 16:30")] // half an hour, twice
    public void OtherZones_NightOfTheChange_IsAsLongAsItReallyIs(string zone, string dayBefore, string hours, string opening)
    {
        var from = At($"{dayBefore}T12:00:00Z");
        Assert.Equal([opening], Of(zone, hours).Between($"{from:O}", $"{from.AddDays(1):O}"));
    }

    [Fact]
    public void Exception_OnTheDayOfTheChange_IsByItsClock()
    {
        var hours = Of("America/Santiago", "sun 10:00-12:00", "2026-09-06 00:00-24:00", "2026-04-04 23:15-23:45");

        Assert.Equal(["09-06 04:00/09-07 03:00"], hours.Between("2026-09-05T00:00:00Z", "2026-09-08T00:00:00Z"));
        Assert.Equal(["04-05 02:15/04-05 02:45", "04-05 03:15/04-05 03:45"], hours.Between("2026-04-04T00:00:00Z", "2026-04-05T12:00:00Z"));
    }

    [Fact]
    public void NextOpening_IntervalThatIsSkipped_IsAWeekLater()
    {
        var hours = Of("Europe/Amsterdam", "sun 02:15-02:45");

        Assert.Equal(At("2026-04-05T00:15:00Z"), hours.NextOpening(At("2026-03-28T12:00:00Z")));
    }

    [Fact]
    public void ClosesAt_GapThatIsSkipped_IsAWeekLater()
    {
        var hours = Of(
            "Europe/Amsterdam",
            "mon 00:00-24:00", "tue 00:00-24:00", "wed 00:00-24:00", "thu 00:00-24:00", "fri 00:00-24:00", "sat 00:00-24:00", "sun 00:00-02:15 02:45-24:00");

        Assert.Equal(At("2026-04-05T00:15:00Z"), hours.ClosesAt(At("2026-03-28T12:00:00Z")));
        Assert.Equal(At("2026-10-25T00:45:00Z"), hours.NextOpening(At("2026-10-25T00:15:00Z")));
        Assert.Equal(At("2026-10-25T01:15:00Z"), hours.ClosesAt(At("2026-10-25T00:45:00Z")));
    }

    /// <summary>Samoa had no 30th of December 2011: its clocks went from the 29th to the 31st.</summary>
    [Fact]
    public void Openings_DateThatIsSkipped_HasNone()
    {
        var hours = Of("Pacific/Apia", "thu 09:00-10:00", "fri 09:00-10:00 22:00-02:00", "sat 09:00-10:00");

        // Friday the 30th never was, but its night goes by the clock on the wall of Saturday.
        Assert.Equal(["12-29 19:00/12-29 20:00", "12-30 10:00/12-30 12:00", "12-30 19:00/12-30 20:00"], hours.Between("2011-12-29T12:00:00Z", "2011-12-31T00:00:00Z"));
    }
}
