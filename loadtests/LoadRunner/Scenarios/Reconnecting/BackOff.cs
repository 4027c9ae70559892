namespace CoPilot.LoadRunner.Scenarios.Reconnecting;

/// <summary>Full jitter: any time from nothing to a ceiling that doubles, so that those who lost their connections in one moment do not come back in one.</summary>
internal sealed class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <param name="failures">In a row; the loss itself is not one of them.</param>
    public TimeSpan After(int failures)
    {
        var ceiling = First * Math.Pow(2, Math.Min(failures, 10));
        return (ceiling < Longest ? ceiling : Longest) * Random.Shared.NextDouble();
    }
}
