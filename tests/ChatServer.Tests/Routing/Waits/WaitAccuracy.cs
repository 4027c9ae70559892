using CoPilot.ChatServer.Routing;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

/// <summary>What the estimates of a simulation were worth.</summary>
internal sealed class WaitAccuracy(IReadOnlyList<ServedContact> served)
{
    private readonly List<ServedContact> _told = [.. served.Where(contact => contact.Shown is not null)];

    /// <summary>Of all served, those who were told anything; the others came while there was too little data.</summary>
    public double ShareTold => (double)_told.Count / served.Count;

    /// <summary>Of those who were told anything.</summary>
    public double ShareInside => Inside(_told);

    /// <summary>Without those for whom a seat was free, who are easy.</summary>
    public double ShareInsideOfThoseWhoHadToWait => Inside(ThoseWhoHadToWait);

    public double MedianMinMinutes => Median(contact => contact.Shown!.MinSeconds / 60.0);

    public double MedianMaxMinutes => Median(contact => contact.Shown!.MaxSeconds / 60.0);

    /// <summary>
    /// By how many minutes ranges are wider than is useful, in the median of those who had to wait; negative is good. Useful is an upper end of at most three
    /// times the lower one and three minutes.
    /// </summary>
    public double MedianExcessMinutes => Median(contact => (contact.Shown!.MaxSeconds - (3 * contact.Shown.MinSeconds) - 180) / 60.0);

    public int HadToWait => ThoseWhoHadToWait.Count();

    private IEnumerable<ServedContact> ThoseWhoHadToWait => _told.Where(contact => contact.HadToWait);

    public override string ToString() =>
        $"{served.Count} served, {ShareTold:P1} told, {ShareInside:P1} inside; {HadToWait} had to wait, {ShareInsideOfThoseWhoHadToWait:P1} of them inside, "
        + $"median {MedianMinMinutes} to {MedianMaxMinutes} minutes, too wide by {MedianExcessMinutes}";

    private static double Inside(IEnumerable<ServedContact> contacts) =>
        contacts.Average(contact => WaitOutcomes.Of(contact.Shown!, contact.Waited) == WaitOutcomes.Inside ? 1 : 0);

    private double Median(Func<ServedContact, double> value)
    {
        var sorted = ThoseWhoHadToWait.Select(value).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
