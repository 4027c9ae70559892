namespace CoPilot.LoadRunner.Load;

/// <summary>How much is asked of the system over a time, in NBomber's words: injected ones are started at their moment whatever became of those before, constant ones loop.</summary>
internal abstract record LoadSimulation(TimeSpan During)
{
    /// <summary>What one of several workers does of it; all of them together do the whole.</summary>
    public abstract LoadSimulation Share(int index, int count);

    protected static int ShareOf(int whole, int index, int count) => (int)(((long)whole * (index + 1) / count) - ((long)whole * index / count));
}

/// <summary>An even rate. <paramref name="Shift"/> puts the first so many of its intervals after the start, so that workers take turns.</summary>
internal sealed record Inject(double PerSecond, TimeSpan During, double Shift = 0) : LoadSimulation(During)
{
    public override LoadSimulation Share(int index, int count) => new Inject(PerSecond / count, During, (double)index / count);
}

/// <summary>A rate that changes evenly.</summary>
internal sealed record RampingInject(double From, double To, TimeSpan During, double Shift = 0) : LoadSimulation(During)
{
    public override LoadSimulation Share(int index, int count) => new RampingInject(From / count, To / count, During, (double)index / count);
}

/// <summary>So many at once, each of which begins anew when it has ended.</summary>
internal sealed record KeepConstant(int Copies, TimeSpan During) : LoadSimulation(During)
{
    public override LoadSimulation Share(int index, int count) => new KeepConstant(ShareOf(Copies, index, count), During);
}

/// <summary>As <see cref="KeepConstant"/>, of a number that changes evenly.</summary>
internal sealed record RampingConstant(int From, int To, TimeSpan During) : LoadSimulation(During)
{
    public override LoadSimulation Share(int index, int count) =>
        new RampingConstant(ShareOf(From, index, count), ShareOf(To, index, count), During);
}

/// <summary>Nothing is started.</summary>
internal sealed record Pause(TimeSpan During) : LoadSimulation(During)
{
    public override LoadSimulation Share(int index, int count) => this;
}

/// <summary>At moments of its own, such as those of something that was recorded. They are in the order of time, and one worker's alone.</summary>
internal sealed record Planned(IReadOnlyList<TimeSpan> Moments, TimeSpan During) : LoadSimulation(During)
{
    public override LoadSimulation Share(int index, int count) => this;
}
