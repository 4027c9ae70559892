using System.Globalization;
using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Tests.Sites;

/// <summary>Runs with invariant globalisation, as the server does, so it also shows that IANA zones work then.</summary>
public sealed class OpeningHoursTests
{
    private static readonly OpeningHours Amsterdam = Weekly("Europe/Amsterdam", (DayOfWeek.Monday, "09:00", "17:00"), (DayOfWeek.Friday, "09:00", "12:30"));

    /// <summary>On the Sunday that summer time begins (29 March 2026) 02:00 to 03:00 does not exist; when it ends (25 October) it comes twice.</summary>
    private static readonly OpeningHours AmsterdamNights = Weekly("Europe/Amsterdam", (DayOfWeek.Sunday, "02:30", "04:00"));

    /// <summary>Cuba's clocks change at midnight: on 8 March 2026 the hour from 00:00 does not exist, on 1 November it comes twice.</summary>
    private static readonly OpeningHours Havana = Weekly("America/Havana", (DayOfWeek.Sunday, "00:00", "08:00"));

    [Theory]
    [InlineData("2026-11-23T07:59:59Z", false)] // Monday 08:59:59, winter
    [InlineData("2026-11-23T08:00:00Z", true)]
    [InlineData("2026-11-23T15:59:59Z", true)]
    [InlineData("2026-11-23T16:00:00Z", false)]
    [InlineData("2026-07-06T06:59:59Z", false)] // Monday 08:59:59, summer
    [InlineData("2026-07-06T07:00:00Z", true)]
    [InlineData("2026-11-24T10:00:00Z", false)] // Tuesday
    public void IsOpenAt_WeeklyHours_FollowsTheZonesClock(string moment, bool open) => Assert.Equal(open, Amsterdam.IsOpenAt(At(moment)));

    [Theory]
    [InlineData("2026-11-23T10:00:00Z", null)]                   // open
    [InlineData("2026-11-23T16:00:00Z", "2026-11-27T08:00:00Z")] // Monday after closing: Friday
    [InlineData("2026-11-27T11:30:00Z", "2026-11-30T08:00:00Z")] // Friday after closing: Monday
    [InlineData("2026-03-27T12:00:00Z", "2026-03-30T07:00:00Z")] // over the weekend that summer time begins
    [InlineData("2026-10-23T12:00:00Z", "2026-10-26T08:00:00Z")] // and that it ends
    public void NextOpening_WeeklyHours_IsTheNextInterval(string moment, string? opening) =>
        Assert.Equal(opening is null ? null : At(opening), Amsterdam.NextOpening(At(moment)));

    [Fact]
    public void NextOpening_AtATimeThatIsSkipped_IsWhenTheClockHasJumped()
    {
        var opening = AmsterdamNights.NextOpening(At("2026-03-28T12:00:00Z"));

        Assert.Equal(At("2026-03-29T01:00:00Z"), opening);
        Assert.True(AmsterdamNights.IsOpenAt(opening!.Value));
        Assert.False(AmsterdamNights.IsOpenAt(opening.Value.AddTicks(-1)));
    }

    [Fact]
    public void NextOpening_AtATimeThatComesTwice_IsTheFirst()
    {
        Assert.Equal(At("2026-10-25T00:30:00Z"), AmsterdamNights.NextOpening(At("2026-10-24T12:00:00Z")));

        // The clock goes back to 02:00: closed for the half hour that is before 02:30 once more.
        Assert.True(AmsterdamNights.IsOpenAt(At("2026-10-25T00:59:59Z")));
        Assert.False(AmsterdamNights.IsOpenAt(At("2026-10-25T01:00:00Z")));
        Assert.Equal(At("2026-10-25T01:30:00Z"), AmsterdamNights.NextOpening(At("2026-10-25T01:00:00Z")));
    }

    [Fact]
    public void NextOpening_ClockThatComesBackIntoAnInterval_IsThatMoment()
    {
        var hours = Weekly("Europe/Amsterdam", (DayOfWeek.Sunday, "01:00", "02:30"));

        Assert.False(hours.IsOpenAt(At("2026-10-25T00:45:00Z")));
        Assert.Equal(At("2026-10-25T01:00:00Z"), hours.NextOpening(At("2026-10-25T00:45:30Z")));
        Assert.True(hours.IsOpenAt(At("2026-10-25T01:29:59Z")));
    }

    [Fact]
    public void NextOpening_ZoneThatSkipsMidnight_OpensAtOne()
    {
        Assert.Equal(At("2026-03-08T05:00:00Z"), Havana.NextOpening(At("2026-03-07T12:00:00Z")));
        Assert.True(Havana.IsOpenAt(At("2026-03-08T05:00:00Z")));
        Assert.False(Havana.IsOpenAt(At("2026-03-08T04:59:59Z")));
    }

    [Fact]
    public void NextOpening_ZoneThatRepeatsMidnight_OpensTheFirstTime()
    {
        Assert.Equal(At("2026-11-01T04:00:00Z"), Havana.NextOpening(At("2026-10-31T12:00:00Z")));
        Assert.True(Havana.IsOpenAt(At("2026-11-01T04:59:59Z")));
        Assert.True(Havana.IsOpenAt(At("2026-11-01T05:00:00Z")));
    }

    [Fact]
    public void IsOpenAt_Always_HasNoGap()
    {
        for (var moment = At("2026-11-23T23:59:59Z"); moment < At("2026-11-24T00:00:02Z"); moment += TimeSpan.FromMilliseconds(250))
        {
            Assert.True(OpeningHours.Always.IsOpenAt(moment));
            Assert.Null(OpeningHours.Always.NextOpening(moment));
        }
    }

    [Fact]
    public void NextOpening_NoIntervals_IsNever() => Assert.Null(Weekly("Europe/Amsterdam").NextOpening(At("2026-11-23T10:00:00Z")));

    private static OpeningHours Weekly(string zone, params (DayOfWeek Day, string From, string To)[] intervals) => new(
        [.. intervals.Select(interval => new OpeningInterval(interval.Day, Time(interval.From), Time(interval.To)))],
        TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static TimeSpan Time(string text) => TimeSpan.ParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
}
