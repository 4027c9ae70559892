using System.Globalization;

namespace CoPilot.LoadRunner.Results.Plots;

/// <summary>Where values stand, and which are written beside.</summary>
internal abstract record Axis(string Title)
{
    public abstract IEnumerable<(double Value, string Label)> Ticks { get; }

    /// <summary>0 is the begin of the axis, 1 its end; what lies outside stands at the border.</summary>
    public double Place(double value) => Math.Clamp(Share(value), 0, 1);

    protected abstract double Share(double value);

    protected static string Label(double value) => value switch
    {
        >= 1_000_000 => (value / 1_000_000).ToString("0.###", CultureInfo.InvariantCulture) + " M",
        >= 1000 => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}

/// <summary>From zero to at least the largest, in round steps.</summary>
internal sealed record LinearAxis(string Title, double Largest) : Axis(Title)
{
    private double Step => RoundUp(Math.Max(Largest, 1e-9) / 5);

    private double End => Math.Ceiling(Math.Max(Largest, 1e-9) / Step) * Step;

    public override IEnumerable<(double Value, string Label)> Ticks
    {
        get
        {
            for (var tick = 0; tick * Step <= End * 1.0001; tick++)
            {
                yield return (tick * Step, Label(tick * Step));
            }
        }
    }

    protected override double Share(double value) => value / End;

    private static double RoundUp(double value)
    {
        var ten = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return ten * ((value / ten) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}

/// <summary>Whole powers of ten around the values; with few of them, 2 and 5 are written too.</summary>
internal sealed record LogAxis(string Title, double Smallest, double Largest) : Axis(Title)
{
    private static readonly int[] Fine = [1, 2, 5];
    private static readonly int[] Coarse = [1];

    private int First => (int)Math.Floor(Math.Log10(Smallest) + 1e-9);

    private int Last => Math.Max(First + 1, (int)Math.Ceiling(Math.Log10(Largest) - 1e-9));

    public override IEnumerable<(double Value, string Label)> Ticks =>
        from power in Enumerable.Range(First, Last - First + 1)
        from factor in Last - First <= 2 ? Fine : Coarse
        let value = factor * Math.Pow(10, power)
        where power < Last || factor == 1
        select (value, Label(value));

    protected override double Share(double value) => value <= 0 ? 0 : (Math.Log10(value) - First) / (Last - First);
}

/// <summary>Shares of all, each nine as wide as the one before: the slow ones are few, and they are what is looked at.</summary>
internal sealed record PercentileAxis(string Title, long Count) : Axis(Title)
{
    private static readonly (double Value, string Label)[] All =
        [(0, "0"), (0.5, "50%"), (0.9, "90%"), (0.99, "99%"), (0.999, "99.9%"), (0.9999, "99.99%"), (0.99999, "99.999%"), (0.999999, "99.9999%")];

    public override IEnumerable<(double Value, string Label)> Ticks => All.Where(tick => Nines(tick.Value) <= Nines(Largest) + 1e-9);

    /// <summary>Beyond it there is one measurement, the slowest.</summary>
    public double Largest => Math.Min(0.999999, 1 - (1.0 / Math.Max(10, Count)));

    /// <summary>So many shares, evenly along the axis.</summary>
    public IEnumerable<double> Shares(int count) =>
        Enumerable.Range(0, count).Select(index => 1 - Math.Pow(10, -Nines(Largest) * index / (count - 1)));

    protected override double Share(double value) => Nines(value) / Nines(Largest);

    private static double Nines(double share) => -Math.Log10(1 - share);
}
