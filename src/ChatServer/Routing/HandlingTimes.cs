namespace CoPilot.ChatServer.Routing;

/// <summary>
/// How long the contacts of one queue hold an agent's seat, in the last hour mostly: five whole numbers and those of <see cref="Answers"/>, which a step of an engine reads, brings up to its own
/// moment, changes and writes back. A contact holds a seat while it is offered or active.
/// </summary>
/// <remarks>
/// <para>It sums up how long seats were held and how many were given back, and not what each contact took: of contacts that began together the short ones end first,
/// so every morning their mean would promise too much. Time held counts the long ones while they go on.</para>
/// <para>Time goes in steps of <see cref="StepLength"/> since the epoch. At the end of each every sum loses a twelfth, rounded down: <c>v - floor(v / 12)</c>. A steady flow
/// therefore keeps in a sum what one hour brings. All numbers are whole and below 2^48, where Lua's doubles add and divide as exactly as C#'s integers: both engines come to
/// the same ones.</para>
/// <para>Nothing is added while a clock that stepped back is not past <see cref="At"/> again.</para>
/// </remarks>
/// <param name="At">The moment that the sums are of, in milliseconds since the epoch.</param>
/// <param name="Serving">Contacts of the queue that hold a seat, 0 or more.</param>
/// <param name="Handled">Seats that were given back because their contact had been served, decayed, in thousandths.</param>
/// <param name="Held">How long seats were held, decayed, in milliseconds.</param>
/// <param name="HeadStarts">Contacts that entered with a head start, decayed, in thousandths.</param>
public readonly record struct HandlingTimes(long At, int Serving, long Handled, long Held, long HeadStarts)
{
    /// <summary>What one contact adds to <see cref="Handled"/> and <see cref="HeadStarts"/>: so many that rounding a twelfth down loses nothing that matters.</summary>
    public const int One = 1000;

    /// <summary>In milliseconds.</summary>
    public const long StepLength = 5 * 60 * 1000;

    private const int LostPerStep = 12;

    /// <summary>How soon contacts are answered; it decays alike.</summary>
    public AnswerFigures Answers { get; init; }

    /// <summary>A day. What was before it counts 10^-11 and is dropped, so that the first step after a long silence takes no longer.</summary>
    private const long Remembered = 288 * StepLength;

    /// <summary>Contacts.</summary>
    public double HandledPerHour => (double)Handled / One;

    /// <summary>Contacts.</summary>
    public double HeadStartsPerHour => (double)HeadStarts / One;

    /// <summary>How long a contact holds a seat on average; infinite while none was handled.</summary>
    public double MeanSeconds => Handled == 0 ? double.PositiveInfinity : Held / HandledPerHour / 1000;

    /// <summary>A contact of the queue was offered to an agent.</summary>
    public HandlingTimes Took(long now) => AsOf(now) with { Serving = Serving + 1 };

    /// <summary>A contact of the queue holds its seat no more. During the wrap-up after a call the seat is held on.</summary>
    /// <param name="handled">Whether it was served and does not come back to the queue. False when its offer or its agent fell away, it was passed on within the queue, or is called again.</param>
    public HandlingTimes GaveBack(long now, bool handled)
    {
        var times = AsOf(now);
        return times with { Serving = Math.Max(0, Serving - 1), Handled = times.Handled + (handled ? One : 0) };
    }

    /// <summary>A contact entered the line with a head start.</summary>
    public HandlingTimes LetAhead(long now)
    {
        var times = AsOf(now);
        return times with { HeadStarts = times.HeadStarts + One };
    }

    /// <summary>A contact was taken, or left the line.</summary>
    public HandlingTimes Counted(long now, AnswerFigures added)
    {
        var times = AsOf(now);
        return times with { Answers = times.Answers + added };
    }

    /// <summary>The same at a later moment.</summary>
    public HandlingTimes AsOf(long now)
    {
        if (now <= At)
        {
            return this;
        }

        var isOver = now - At > Remembered;
        var (at, handled, held, headStarts) = isOver ? (now - Remembered, 0, 0, 0) : (At, Handled, Held, HeadStarts);
        var answers = isOver ? default : Answers;
        while (at / StepLength < now / StepLength)
        {
            var end = ((at / StepLength) + 1) * StepLength;
            held = Decayed(held + (Serving * (end - at)));
            (handled, headStarts, answers) = (Decayed(handled), Decayed(headStarts), answers.Select(Decayed));
            at = end;
        }

        return new HandlingTimes(now, Serving, handled, held + (Serving * (now - at)), headStarts) { Answers = answers };
    }

    private static long Decayed(long sum) => sum - (sum / LostPerStep);
}
