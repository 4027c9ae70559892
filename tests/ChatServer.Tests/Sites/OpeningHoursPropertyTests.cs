using CoPilot.ChatServer.Sites;
using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.ChatServer.Tests.Sites;

/// <summary>Random calendars around changes of clocks answer what looking at each minute by itself finds.</summary>
public sealed class OpeningHoursPropertyTests
{
    private const int Runs = 100;
    private const int DaysBefore = 3;
    private const int Days = 9;

    /// <summary>Moments are somewhere inside their minutes.</summary>
    private static readonly TimeSpan WithinAMinute = TimeSpan.FromSeconds(42.5);

    [Fact]
    public void IsOpenAt_AnyCalendar_IsWhatTheWallSays() => ForAll((calendar, hours, minutes) =>
    {
        var wrong = minutes.Where(minute =>
            hours.IsOpenAt(minute.Moment) != minute.IsOpen || hours.IsOpenAt((minute.Moment + WithinAMinute).ToOffset(TimeSpan.FromHours(5))) != minute.IsOpen);
        Assert.Empty(wrong);
    });

    [Fact]
    public void Openings_AnyCalendar_AreTheOpenMinutesInARow() => ForAll((calendar, hours, minutes) =>
    {
        Assert.Equal(OpeningsOf(minutes), hours.Openings(minutes[0].Moment, minutes[^1].Moment.AddMinutes(1)));

        // Cut inside of minutes.
        var (from, to) = (minutes[1000].Moment + WithinAMinute, minutes[^1000].Moment + WithinAMinute);
        var cut = OpeningsOf(minutes)
            .Select(opening => new Opening(opening.From > from ? opening.From : from, opening.To < to ? opening.To : to))
            .Where(opening => opening.From < opening.To);
        Assert.Equal(cut, hours.Openings(from, to));
    });

    [Fact]
    public void NextOpeningAndClosesAt_AnyCalendar_AreTheNextMinutesOfTheOtherKind() => ForAll((calendar, hours, minutes) =>
    {
        var openings = OpeningsOf(minutes).ToList();
        foreach (var (moment, open) in MomentsToAsk(minutes))
        {
            var opens = open ? null : openings.Where(opening => opening.From > moment).Select(opening => (DateTimeOffset?)opening.From).FirstOrDefault();
            var closes = openings.Where(opening => opening.From <= moment && moment < opening.To).Select(opening => (DateTimeOffset?)opening.To).FirstOrDefault();
            AssertSame(opens, hours.NextOpening(moment), expectNone: open);
            AssertSame(closes, hours.ClosesAt(moment), expectNone: !open);
        }

        // What is not to be seen in these days is after them, or never.
        void AssertSame(DateTimeOffset? expected, DateTimeOffset? actual, bool expectNone)
        {
            var end = minutes[^1].Moment.AddMinutes(1);
            if (expectNone || (expected is { } seen && seen < end))
            {
                Assert.Equal(expectNone ? null : expected, actual);
            }
            else
            {
                Assert.True(actual is null || actual >= end, $"{actual:u} is before {end:u}");
            }
        }
    });

    private static void ForAll(Action<RandomCalendar, OpeningHours, (DateTimeOffset Moment, bool IsOpen)[]> assertion) =>
        Prop.ForAll(RandomCalendar.Any.ToArbitrary(), calendar =>
        {
            var first = calendar.Around.AddDays(-DaysBefore);
            assertion(calendar, calendar.Hours, [.. Enumerable.Range(0, Days * 24 * 60).Select(minute => first.AddMinutes(minute)).Select(moment => (moment, calendar.IsOpenAt(moment)))]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    private static IEnumerable<Opening> OpeningsOf((DateTimeOffset Moment, bool IsOpen)[] minutes)
    {
        for (var i = 0; i < minutes.Length; i++)
        {
            if (minutes[i].IsOpen)
            {
                var begin = i;
                while (i < minutes.Length && minutes[i].IsOpen)
                {
                    i++;
                }

                yield return new Opening(minutes[begin].Moment, minutes[i - 1].Moment.AddMinutes(1));
            }
        }
    }

    /// <summary>Every change with the moments beside it, and some more.</summary>
    private static IEnumerable<(DateTimeOffset Moment, bool IsOpen)> MomentsToAsk((DateTimeOffset Moment, bool IsOpen)[] minutes)
    {
        for (var i = 1; i < minutes.Length; i++)
        {
            if (i % 311 == 0 || minutes[i].IsOpen != minutes[i - 1].IsOpen)
            {
                yield return minutes[i];
                yield return (minutes[i].Moment + WithinAMinute, minutes[i].IsOpen);
                yield return (minutes[i].Moment.AddTicks(-1), minutes[i - 1].IsOpen);
            }
        }
    }
}
