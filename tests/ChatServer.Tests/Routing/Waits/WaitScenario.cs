namespace CoPilot.ChatServer.Tests.Routing.Waits;

/// <summary>A shop's day, to be simulated many times: each begins with an empty line and without handling times.</summary>
/// <param name="Hours">How long contacts arrive; those in line then are still served.</param>
internal sealed record WaitScenario(int Seed, double Hours, IReadOnlyList<SimulatedQueue> Queues, IReadOnlyList<SimulatedTeam> Teams);

/// <param name="PerHour">Contacts that arrive per hour, at an hour of the day.</param>
internal sealed record SimulatedQueue(string Name, Func<double, double> PerHour, HandlingLaw Handling)
{
    /// <summary>The share of contacts that enter with the head start, 0 to 1.</summary>
    public double Favoured { get; init; }

    public TimeSpan HeadStart { get; init; }

    /// <summary>The share of contacts that are call-backs, 0 to 1. Who is on a call takes nothing else.</summary>
    public double Calls { get; init; }

    /// <summary>Minutes in line after which people give up, on average; 0 for never.</summary>
    public double Patience { get; init; }
}

/// <summary>Agents with the same queues, capacity and shift.</summary>
/// <param name="From">The hour of the day at which they come.</param>
/// <param name="To">The hour at which they take nothing new any more.</param>
internal sealed record SimulatedTeam(int Agents, int Capacity, IReadOnlyList<string> Queues, double From = 0, double To = double.PositiveInfinity);

/// <summary>Log-normal times; exponential ones where <paramref name="Sigma"/> is 0.</summary>
/// <param name="Mean">Minutes, at an hour of the day.</param>
/// <param name="Sigma">Standard deviation of the logarithm: 0.8 makes every tenth chat longer than twice the mean.</param>
internal sealed record HandlingLaw(Func<double, double> Mean, double Sigma)
{
    public HandlingLaw(double mean, double sigma)
        : this(_ => mean, sigma)
    {
    }

    public double Draw(Random random, double hour)
    {
        if (Sigma == 0)
        {
            return -Mean(hour) * Math.Log(1 - random.NextDouble());
        }

        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Mean(hour) * Math.Exp((Sigma * normal) - (Sigma * Sigma / 2));
    }
}
