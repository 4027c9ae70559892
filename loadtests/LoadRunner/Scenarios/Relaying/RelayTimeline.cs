namespace CoPilot.LoadRunner.Scenarios.Relaying;

internal enum RelayAct
{
    Show,
    Point,
    KeepAlive,
}

/// <param name="Session">Its place among the worker's own.</param>
internal readonly record struct RelayMoment(TimeSpan At, int Session, RelayAct Act);

/// <summary>
/// When each session's customer does what. Sessions begin here and there within the warm-up, and play the recording again and again from then on: with a warm-up as long as the recording, every part of it is shown
/// somewhere at any moment. Those that have not begun say that they are there, as a page does on which nothing happens.
/// </summary>
internal sealed class RelayTimeline(Recording recording, TimeSpan warmUp, TimeSpan end, double speed, double pointersASecond)
{
    /// <summary>As the product's script. Frames alone do not mean that somebody is there, and a session with nobody there ends.</summary>
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(20);

    /// <summary>The multiples of the golden ratio fall evenly between whole numbers and never together; sessions a round time apart would all point at the same moments.</summary>
    private static readonly double GoldenRatio = (Math.Sqrt(5) - 1) / 2;

    /// <param name="numbers">Of a worker's own sessions, of all that there are.</param>
    /// <returns>In the order of time.</returns>
    public List<RelayMoment> Of(IReadOnlyList<int> numbers)
    {
        var moments = new List<RelayMoment>();
        for (var own = 0; own < numbers.Count; own++)
        {
            var share = numbers[own] * GoldenRatio % 1;
            AddEvenly(moments, own, RelayAct.KeepAlive, KeepAliveEvery * share, KeepAliveEvery);
            AddFrames(moments, own, warmUp * share);
            if (pointersASecond > 0)
            {
                AddEvenly(moments, own, RelayAct.Point, warmUp * share, TimeSpan.FromSeconds(1 / pointersASecond));
            }
        }

        moments.Sort((one, other) => one.At.CompareTo(other.At));
        return moments;
    }

    private void AddEvenly(List<RelayMoment> moments, int session, RelayAct act, TimeSpan begin, TimeSpan every)
    {
        for (var at = begin; at < end; at += every)
        {
            moments.Add(new RelayMoment(at, session, act));
        }
    }

    private void AddFrames(List<RelayMoment> moments, int session, TimeSpan begin)
    {
        for (var (number, at) = (0, begin); at < end; number++, at = begin + At(number))
        {
            moments.Add(new RelayMoment(at, session, RelayAct.Show));
        }
    }

    /// <summary>Of the frame with that number, from 0, after the session's begin.</summary>
    private TimeSpan At(int number)
    {
        var (round, frame) = Math.DivRem(number, recording.Frames.Count);
        return ((recording.Length * round) + recording.Frames[frame].At) / speed;
    }
}
