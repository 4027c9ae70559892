namespace CoPilot.LoadRunner.Load;

/// <summary>The intended moments of an open load, known before it begins: how the system does changes none of them.</summary>
internal sealed class Schedule
{
    private readonly Func<long, TimeSpan> _at;

    private Schedule(long count, Func<long, TimeSpan> at) => (Count, _at) = (count, at);

    public long Count { get; }

    /// <summary>Null when it is no open load.</summary>
    public static Schedule? Of(LoadSimulation simulation) => simulation switch
    {
        Inject even => Ramp(even.PerSecond, even.PerSecond, even.During, even.Shift),
        RampingInject ramp => Ramp(ramp.From, ramp.To, ramp.During, ramp.Shift),
        Planned planned => new Schedule(planned.Moments.Count, number => planned.Moments[(int)number]),
        Pause => new Schedule(0, _ => TimeSpan.Zero),
        _ => null,
    };

    /// <summary>After the start, of the one with that number, from 0.</summary>
    public TimeSpan At(long number) => _at(number);

    /// <param name="from">Starts a second at the beginning, and</param>
    /// <param name="to">at the end.</param>
    private static Schedule Ramp(double from, double to, TimeSpan during, double shift)
    {
        var halfSlope = (to - from) / (2 * during.TotalSeconds);
        var count = Math.Max(0, (long)Math.Ceiling(Math.Round(((from + to) / 2 * during.TotalSeconds) - shift, 6)));
        return new Schedule(count, number =>
        {
            // So many have begun after t: from t + halfSlope t². Solved in the form that neither an even rate nor a slow start divides by zero in.
            var begun = number + shift;
            var root = Math.Sqrt(Math.Max(0, (from * from) + (4 * halfSlope * begun)));
            return begun == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(2 * begun / (from + root));
        });
    }
}
