namespace CoPilot.ChatServer.Routing;

/// <summary>An agent who takes contacts: connected and available.</summary>
/// <param name="Queues">All that they have.</param>
/// <param name="Capacity">Contacts at once, 1 to 100.</param>
/// <param name="Load">Offered and active contacts of all queues; their whole capacity while they can be offered nothing.</param>
public sealed record WaitAgent(IReadOnlyCollection<string> Queues, int Capacity, int Load);

/// <summary>One queue's line.</summary>
/// <param name="Waiting">Contacts in it; in the line that is asked about, with the one who asks.</param>
/// <param name="Times">As of now.</param>
public sealed record WaitLine(string Queue, int Waiting, HandlingTimes Times)
{
    /// <summary>Which share of the queue's contacts are calls, 0 to 1.</summary>
    public double Calls { get; init; }

    /// <summary>Whether an agent who is on a call takes chats.</summary>
    public bool ChatsDuringCalls { get; init; }

    /// <summary>
    /// How many of the queue's contacts an agent serves at once on average: one contact after the other fills a seat until the first call, after which the others stay empty.
    /// Where chats are taken during calls there is one call at a time, and so many chats as come with it.
    /// </summary>
    /// <param name="capacity">Of the agent.</param>
    public double SeatsOf(int capacity) =>
        Calls == 0 ? capacity
        : ChatsDuringCalls ? Math.Min(capacity, 1 / Calls)
        : (1 - Math.Pow(1 - Calls, capacity)) / Calls;
}

/// <summary>The seats of a queue's agents, as far as they are this queue's.</summary>
/// <param name="Count">Free or not; of seats that other lines need too, a share.</param>
/// <param name="Free">Of these, free now.</param>
/// <param name="FreeAgents">Agents with a free seat, at least 1 when there are any. Each is offered one contact after the other.</param>
public sealed record WaitSeats(double Count, int Free, int FreeAgents)
{
    /// <summary>Until shares move by about a hundredth; handling times are not known better.</summary>
    private const int Rounds = 30;

    /// <summary>
    /// Shares out the seats of agents who have several queues. An agent takes the oldest contact of all their queues, so lines that meet at an agent come to be delayed alike:
    /// a line that would take longer gets more of the agent, one that colleagues clear sooner gets less, one in which nobody waits gets nothing. To find that,
    /// shares begin as the lines' work and are multiplied by the lines' delays until they stay.
    /// </summary>
    /// <param name="queue">Who is asked about; its line is among <paramref name="lines"/>.</param>
    /// <param name="agents">All of the site; those without the queue count by what they take off others.</param>
    public static WaitSeats Of(string queue, IEnumerable<WaitAgent> agents, IReadOnlyCollection<WaitLine> lines)
    {
        var work = SecondsOfWork(queue, lines);
        var seatsOf = lines.ToDictionary(line => line.Queue, line => (Func<int, double>)line.SeatsOf, StringComparer.Ordinal);
        var teams = agents
            .Select(agent => (Agent: agent, Queues: agent.Queues.Where(work.ContainsKey).Order(StringComparer.Ordinal).ToList()))
            .GroupBy(agent => string.Join(' ', agent.Queues), StringComparer.Ordinal)
            .Select(team => new Team(team.First().Queues, [.. team.Select(agent => agent.Agent)], work, seatsOf))
            .ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var seats = SumByLine(teams);
            var delays = work.ToDictionary(line => line.Key, line => line.Value / seats.GetValueOrDefault(line.Key), StringComparer.Ordinal);
            teams.ForEach(team => team.ShareOutBy(delays));
        }

        return new WaitSeats(
            teams.Sum(team => team.SeatsOf(queue)),
            (int)teams.Sum(team => team.FreeSeatsOf(queue)),
            teams.Where(team => team.FreeSeatsOf(queue) > 0).Sum(team => team.FreeAgents));
    }

    /// <summary>A site has many teams and each has few queues, so it goes through those.</summary>
    private static Dictionary<string, double> SumByLine(List<Team> teams)
    {
        var seats = new Dictionary<string, double>(StringComparer.Ordinal);
        teams.ForEach(team => team.AddSeats(seats));
        return seats;
    }

    /// <summary>What each line asks of agents. Who arrives later in another line stands behind, so lines without anybody ask nothing.</summary>
    private static Dictionary<string, double> SecondsOfWork(string queue, IReadOnlyCollection<WaitLine> lines)
    {
        var own = lines.Single(line => line.Queue == queue).Times;
        return lines
            .Where(line => line.Waiting > 0 || line.Queue == queue)
            .ToDictionary(line => line.Queue, line => Math.Max(1, line.Waiting) * MeanSeconds(line.Times, own), StringComparer.Ordinal);
    }

    /// <summary>A queue of which too little is known is taken to be like the one that is asked about.</summary>
    private static double MeanSeconds(HandlingTimes times, HandlingTimes own) =>
        WaitEstimator.IsEnough(times) ? times.MeanSeconds
        : WaitEstimator.IsEnough(own) ? own.MeanSeconds
        : 1;

    /// <summary>Agents with the same queues.</summary>
    private sealed class Team
    {
        private readonly string[] _queues;
        private readonly double[] _seats;
        private readonly double[] _shares;
        private readonly int _freeSeats;

        public Team(
            IReadOnlyList<string> queues,
            IReadOnlyCollection<WaitAgent> agents,
            Dictionary<string, double> work,
            Dictionary<string, Func<int, double>> seatsOf)
        {
            _queues = [.. queues];
            _seats = Array.ConvertAll(_queues, queue => agents.Sum(agent => seatsOf[queue](agent.Capacity)));
            _shares = Array.ConvertAll(_queues, queue => work[queue]);
            _freeSeats = agents.Sum(agent => Math.Max(0, agent.Capacity - agent.Load));
            FreeAgents = agents.Count(agent => agent.Load < agent.Capacity);
            MakeWhole();
        }

        public int FreeAgents { get; }

        public double SeatsOf(string queue) => Array.IndexOf(_queues, queue) is >= 0 and var i ? _seats[i] * _shares[i] : 0;

        public double FreeSeatsOf(string queue) => Array.IndexOf(_queues, queue) is >= 0 and var i ? _freeSeats * _shares[i] : 0;

        public void AddSeats(Dictionary<string, double> seats)
        {
            for (var i = 0; i < _queues.Length; i++)
            {
                seats[_queues[i]] = seats.GetValueOrDefault(_queues[i]) + (_seats[i] * _shares[i]);
            }
        }

        public void ShareOutBy(Dictionary<string, double> delays)
        {
            for (var i = 0; i < _queues.Length; i++)
            {
                _shares[i] *= delays[_queues[i]];
            }

            MakeWhole();
        }

        private void MakeWhole()
        {
            var all = _shares.Sum();
            for (var i = 0; i < _shares.Length; i++)
            {
                _shares[i] /= all;
            }
        }
    }
}
