namespace CoPilot.ChatServer.Routing;

/// <summary>
/// How soon the contacts of one queue are answered and how true their estimates are, in the last hour mostly: four whole numbers in thousandths of contacts, which stand with
/// <see cref="HandlingTimes"/> and decay with them.
/// </summary>
/// <param name="Answered">Contacts that an agent took for the first time, and those that left the line untaken after the queue's <c>AnswerWithin</c>.</param>
/// <param name="InTime">Of those, contacts taken within that time of their arrival.</param>
/// <param name="Estimated">Contacts that an agent took after their customer had been shown how long it would be.</param>
/// <param name="Inside">Of those, contacts that waited as long as was shown first.</param>
public readonly record struct AnswerFigures(long Answered, long InTime, long Estimated, long Inside)
{
    /// <summary>Contacts. What is left of a sum after hours is less than half a contact, and none.</summary>
    public int AnsweredPerHour => Contacts(Answered);

    public int EstimatesPerHour => Contacts(Estimated);

    /// <summary>0 to 1, in thousandths; null while nothing counts.</summary>
    public double? InTimeShare => Share(InTime, Answered);

    /// <summary>As <see cref="InTimeShare"/>.</summary>
    public double? InsideShare => Share(Inside, Estimated);

    public static AnswerFigures Answer(bool inTime) => new(HandlingTimes.One, inTime ? HandlingTimes.One : 0, 0, 0);

    public static AnswerFigures Estimate(bool inside) => new(0, 0, HandlingTimes.One, inside ? HandlingTimes.One : 0);

    public static AnswerFigures operator +(AnswerFigures one, AnswerFigures other) => new(
        one.Answered + other.Answered, one.InTime + other.InTime, one.Estimated + other.Estimated, one.Inside + other.Inside);

    /// <summary>Each of the four after a step of time.</summary>
    public AnswerFigures Select(Func<long, long> decay) => new(decay(Answered), decay(InTime), decay(Estimated), decay(Inside));

    private static int Contacts(long sum) => (int)((sum + (HandlingTimes.One / 2)) / HandlingTimes.One);

    private static double? Share(long part, long sum) => Contacts(sum) == 0 ? null : Math.Round((double)part / sum, 3);
}
