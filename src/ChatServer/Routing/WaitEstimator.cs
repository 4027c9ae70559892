using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>How long a contact will wait, as a range that is to be right four times out of five; <c>docs/waiting.md</c> explains it.</summary>
public static class WaitEstimator
{
    /// <summary>Contacts that must have been handled within the last hour; from fewer nothing is concluded.</summary>
    public const int MinimumHandled = 10;

    /// <summary>
    /// How many standard deviations the range reaches to either side before it is rounded outwards, which adds about as much again for waits of some minutes. The simulations in
    /// the tests hold what comes of it.
    /// </summary>
    private const double Deviations = 0.9;

    /// <summary>Relative variance for what nobody can foresee, agents coming and going above all: a tenth of the wait.</summary>
    private const double Unforeseen = 0.01;

    public static bool IsEnough(HandlingTimes times) => times.HandledPerHour >= MinimumHandled;

    /// <summary>Null with too little data, no agent, or a wait beyond what can be told. Of two places in a line the one further behind is never told less.</summary>
    /// <param name="position">Contacts ahead in the line + 1.</param>
    /// <param name="times">As of now.</param>
    /// <param name="acceptTimeout">How long an agent may take to answer an offer.</param>
    public static WaitRange? Estimate(int position, WaitSeats seats, HandlingTimes times, TimeSpan acceptTimeout, Overtaking overtaking = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        if (!IsEnough(times) || seats.Count <= 0)
        {
            return null;
        }

        var answering = RoundsOfOffers(position, seats) * acceptTimeout.TotalSeconds;
        var behindFreeSeats = position - seats.Free;
        return behindFreeSeats > 0
            ? UntilTurn(behindFreeSeats, times.MeanSeconds / seats.Count, times.HandledPerHour, answering, overtaking)
            : WaitSteps.Around(0, answering);
    }

    /// <summary>Free agents are offered one contact each, and the next once they have answered.</summary>
    private static int RoundsOfOffers(int position, WaitSeats seats) =>
        seats.FreeAgents == 0 ? 1 : ((Math.Min(position, seats.Free) - 1) / seats.FreeAgents) + 1;

    /// <summary>
    /// Of many seats one is given back every now and then, independently of the others, so the time until the n-th is close to a sum of n exponential times. On top come how well the mean is
    /// known and what may change.
    /// </summary>
    /// <param name="turn">Seconds from one seat that is given back to the next, on average.</param>
    private static WaitRange? UntilTurn(int position, double turn, double handled, double answering, Overtaking overtaking)
    {
        var overtakers = overtaking.Expected(position * turn, turn);
        var turns = position + overtakers;
        var mean = turns * turn;

        // Relative to the mean. Each turn varies, and so does how many overtake.
        var variance = ((turns + overtakers) / (turns * turns)) + (1 / handled) + Unforeseen;
        return WaitSteps.Around(mean * Quantile(variance, -Deviations), (mean * Quantile(variance, Deviations)) + answering);
    }

    /// <summary>
    /// Wilson and Hilferty's approximation of a gamma distribution with mean 1. The variance is at most 1.11, one turn known from ten contacts, for which the root is far above 0.
    /// </summary>
    private static double Quantile(double variance, double deviations)
    {
        var root = 1 - (variance / 9) + (deviations * Math.Sqrt(variance) / 3);
        return root * root * root;
    }
}
