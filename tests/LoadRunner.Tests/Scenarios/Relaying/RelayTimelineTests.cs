using CoPilot.LoadRunner.Scenarios.Relaying;

namespace CoPilot.LoadRunner.Tests.Scenarios.Relaying;

public sealed class RelayTimelineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Read_LeavesOutWhatIsNotWhole()
    {
        var recording = Recording.Read(new StringReader("""
            {"at":1000,"seq":4,"keyframe":false,"part":0,"parts":1,"data":"AA=="}
            {"at":2000,"seq":9,"keyframe":true,"part":0,"parts":2,"data":"AQI="}
            {"at":2001,"seq":9,"keyframe":true,"part":1,"parts":2,"data":"Aw=="}
            {"at":3500,"seq":10,"keyframe":false,"part":0,"parts":1,"data":"BA=="}
            {"at":3600,"seq":11,"keyframe":false,"part":0,"parts":2,"data":"BQ=="}
            """));

        Assert.Equal([TimeSpan.Zero, 1.5 * Second], recording.Frames.Select(frame => frame.At));
        Assert.Equal([true, false], recording.Frames.Select(frame => frame.IsKeyframe));
        Assert.Equal([3, 1], recording.Frames.Select(frame => frame.Bytes));
        Assert.Equal(2.5 * Second, recording.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"at":1000,"seq":4,"keyframe":false,"part":0,"parts":1,"data":"AA=="}""")]
    [InlineData("[]")]
    public void Read_OfNoRecording_Throws(string text) => Assert.Throws<InvalidDataException>(() => Recording.Read(new StringReader(text)));

    [Fact]
    public void Kept_BeginsWithAKeyframeAndTakesAMinute()
    {
        var recording = Recording.Kept();

        Assert.True(recording.Frames[0].IsKeyframe);
        Assert.InRange(recording.Length, 55 * Second, 65 * Second);
    }

    [Fact]
    public void Of_TwoSessions_BeginsTheSecondLaterWithinTheWarmUpAndRepeats()
    {
        var timeline = new RelayTimeline(TwoFrames(), warmUp: 4 * Second, end: 8 * Second, speed: 1, pointersASecond: 0).Of([0, 1]);

        Assert.Equal(timeline.OrderBy(moment => moment.At), timeline);
        Assert.Equal([0, 1.5, 2.5, 4, 5, 6.5, 7.5], Seconds(timeline, session: 0));
        var second = Seconds(timeline, session: 1).ToList();
        Assert.InRange(second[0], 0.1, 4);
        Assert.Equal([0, 1.5, 2.5, 4, 5], second.Select(at => Math.Round(at - second[0], 3)));
    }

    [Fact]
    public void Of_AShare_IsTheSameAsOfAll()
    {
        var timeline = new RelayTimeline(TwoFrames(), warmUp: 4 * Second, end: 8 * Second, speed: 1, pointersASecond: 0);

        Assert.Equal(Seconds(timeline.Of([0, 1]), session: 1), Seconds(timeline.Of([1]), session: 0));
    }

    [Fact]
    public void Of_ASession_PointsOnceItShowsAndIsThereFromTheBegin()
    {
        var timeline = new RelayTimeline(TwoFrames(), warmUp: 50 * Second, end: 60 * Second, speed: 1, pointersASecond: 0.25).Of([1]);

        var begin = timeline.First(moment => moment.Act == RelayAct.Show).At;
        Assert.Equal([begin, begin + (4 * Second), begin + (8 * Second)], timeline.Where(moment => moment.Act == RelayAct.Point).Take(3).Select(moment => moment.At));
        var alive = timeline.Where(moment => moment.Act == RelayAct.KeepAlive).Select(moment => moment.At).ToList();
        Assert.InRange(alive[0], TimeSpan.Zero, 20 * Second);
        Assert.Equal([alive[0] + (20 * Second), alive[0] + (40 * Second)], alive[1..]);
    }

    [Fact]
    public void Of_ADoubleSpeed_TakesHalfTheTime()
    {
        var timeline = new RelayTimeline(TwoFrames(), warmUp: Second, end: 2 * Second, speed: 2, pointersASecond: 0).Of([0]);

        Assert.Equal([0, 0.75, 1.25], Seconds(timeline, session: 0));
    }

    /// <summary>At 0 and 1.5 seconds; then a second of rest.</summary>
    private static Recording TwoFrames() => Recording.Read(new StringReader("""
        {"at":0,"seq":1,"keyframe":true,"part":0,"parts":1,"data":"AA=="}
        {"at":1500,"seq":2,"keyframe":false,"part":0,"parts":1,"data":"AA=="}
        """));

    private static IEnumerable<double> Seconds(IEnumerable<RelayMoment> timeline, int session) =>
        timeline.Where(moment => moment.Session == session && moment.Act == RelayAct.Show).Select(moment => moment.At.TotalSeconds);
}
