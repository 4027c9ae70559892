namespace CoPilot.LoadRunner.Load;

/// <summary>The intended moments of an open load, known before it begins: how the system does changes none of them.</summary>
internal sealed class Schedule
{
    private readonly double _from;
    private readonly double _halfSlope;
    private readonly double _shift;

    /// <param name="from">Starts a second at the beginning, and</param>
    /// <param name="to">at the end.</param>
    private Schedule(double from, double to, TimeSpan during, double shift)
    {
        (_from, _shift) = (from, shift);
        _halfSlope = (to - from) / (2 * during.TotalSeconds);
        Count = Math.Max(0, (long)Math.Ceiling(Math.Round(((from + to) / 2 * during.TotalSeconds) - shift, 6)));
    }

    public long Count { get; }

    /// <summary>Null when it is no open load.</summary>
    public static Schedule? Of(LoadSimulation simulation) => simulation switch
    {
        Inject even => new Schedule(even.PerSecond, even.PerSecond, even.During, even.Shift),
        RampingInject ramp => new Schedule(ramp.From, ramp.To, ramp.During, ramp.Shift),
        Pause pause => new Schedule(0, 0, pause.During, 0),
        _ => null,
    };

    /// <summary>After the start, of the one with that number, from 0.</summary>
    public TimeSpan At(long number)
    {
        // So many have begun after t: from t + halfSlope t². Solved in the form that neither an even rate nor a slow start divides by zero in.
        var begun = number + _shift;
        var root = Math.Sqrt(Math.Max(0, (_from * _from) + (4 * _halfSlope * begun)));
        return begun == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(2 * begun / (_from + root));
    }
}
