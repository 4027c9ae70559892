using CoPilot.ChatServer.Routing;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

/// <summary>
/// One day of a scenario in virtual time, by the rules of the contact queue: one line per queue, the oldest place first, an agent has one offer at a time and takes some seconds
/// to answer it. Each contact that enters is given an estimate from what the server would know then, and what it waited is held against it.
/// </summary>
internal sealed class WaitSimulation
{
    private const double MillisecondsPerHour = 3_600_000;

    private static readonly bool[] _kinds = [false, true];

    private static readonly TimeSpan _acceptTimeout = TimeSpan.FromSeconds(20);

    private readonly WaitScenario _scenario;
    private readonly Random _random;
    private readonly PriorityQueue<Action, (long At, int Order)> _events = new();
    private readonly Dictionary<string, SortedSet<Waiting>> _lines;
    private readonly Dictionary<string, HandlingTimes> _times;
    private readonly List<Server> _servers;
    private readonly List<ServedContact> _served;
    private long _now;
    private int _order;

    private WaitSimulation(WaitScenario scenario, Random random, List<ServedContact> served)
    {
        (_scenario, _random, _served) = (scenario, random, served);
        _lines = scenario.Queues.ToDictionary(queue => queue.Name, _ => new SortedSet<Waiting>(Comparer<Waiting>.Create(
            (one, other) => (one.Place, one.Number).CompareTo((other.Place, other.Number)))));
        _times = scenario.Queues.ToDictionary(queue => queue.Name, _ => default(HandlingTimes));
        _servers = [.. scenario.Teams.SelectMany(team => Enumerable.Range(0, team.Agents).Select(_ => new Server(team)))];
    }

    private double Hour => _now / MillisecondsPerHour;

    /// <summary>Days of the scenario until this many were served.</summary>
    public static WaitAccuracy Run(WaitScenario scenario, int contacts)
    {
        var random = new Random(scenario.Seed);
        var served = new List<ServedContact>();
        while (served.Count < contacts)
        {
            new WaitSimulation(scenario, random, served).RunDay();
        }

        return new WaitAccuracy(served);
    }

    private void RunDay()
    {
        foreach (var queue in _scenario.Queues)
        {
            ScheduleArrival(queue);
        }

        foreach (var team in _scenario.Teams.Where(team => team.From > 0))
        {
            At(team.From * MillisecondsPerHour, Match);
        }

        while (_events.TryDequeue(out var happen, out var when))
        {
            _now = when.At;
            happen();
        }
    }

    private void After(double minutes, Action happen) => At(_now + (minutes * 60_000), happen);

    private void At(double milliseconds, Action happen) => _events.Enqueue(happen, ((long)Math.Ceiling(milliseconds), _order++));

    /// <summary>Arrivals at a changing rate, by thinning those at the greatest one.</summary>
    private void ScheduleArrival(SimulatedQueue queue)
    {
        var greatest = Enumerable.Range(0, (int)(_scenario.Hours * 60)).Max(minute => queue.PerHour(minute / 60.0));
        After(-Math.Log(1 - _random.NextDouble()) / greatest * 60, () =>
        {
            if (Hour >= _scenario.Hours)
            {
                return;
            }

            ScheduleArrival(queue);
            if (_random.NextDouble() * greatest < queue.PerHour(Hour))
            {
                Arrive(queue);
            }
        });
    }

    private void Arrive(SimulatedQueue queue)
    {
        var favoured = _random.NextDouble() < queue.Favoured;
        var place = _now - (favoured ? (long)queue.HeadStart.TotalMilliseconds : 0);
        if (favoured)
        {
            _times[queue.Name] = _times[queue.Name].LetAhead(_now);
        }

        var line = _lines[queue.Name];
        var contact = new Waiting(place, _order++, queue, _now, isCall: queue.Calls > 0 && _random.NextDouble() < queue.Calls);
        line.Add(contact);
        (contact.Shown, contact.HadToWait) = Estimate(queue, contact);
        if (queue.Patience > 0)
        {
            After(-queue.Patience * Math.Log(1 - _random.NextDouble()), () => line.Remove(contact));
        }

        Match();
    }

    private (WaitRange? Range, bool HadToWait) Estimate(SimulatedQueue queue, Waiting contact)
    {
        var there = _servers.FindAll(server => server.IsThere(_now));
        var agents = there.Select(server => new WaitAgent(server.Team.Queues, server.Team.Capacity, server.IsOnCall ? server.Team.Capacity : server.Load));
        var lines = _lines.Select(line => new WaitLine(line.Key, line.Value.Count, _times[line.Key].AsOf(_now)) { Calls = ShareOfCalls(line.Value, there) }).ToList();
        var seats = WaitSeats.Of(queue.Name, agents, lines);
        var times = _times[queue.Name].AsOf(_now);
        var overtaking = Overtaking.Of(times, contact.Place, queue.HeadStart);
        var position = _lines[queue.Name].GetViewBetween(_lines[queue.Name].Min, contact).Count;
        return (WaitEstimator.Estimate(position, seats, times, _acceptTimeout, overtaking), position > seats.Free);
    }

    /// <summary>As <see cref="SiteWaits"/> has it.</summary>
    private static double ShareOfCalls(SortedSet<Waiting> line, List<Server> there)
    {
        var all = line.Count + there.Sum(server => server.Load);
        return all == 0 ? 0 : (double)(line.Count(contact => contact.IsCall) + there.Count(server => server.IsOnCall)) / all;
    }

    /// <summary>Offers the oldest contact that somebody free can take, as long as there is one.</summary>
    private void Match()
    {
        while (true)
        {
            var (contact, server) = (
                from line in _lines
                from isCall in _kinds
                let first = line.Value.FirstOrDefault(contact => contact.IsCall == isCall)
                where first is not null
                orderby first.Place, first.Number
                let free = _servers.Where(server => server.IsFree(_now, line.Key)).MinBy(server => server.Load)
                where free is not null
                select (first, free)).FirstOrDefault();
            if (contact is null)
            {
                return;
            }

            Offer(contact, server);
        }
    }

    private void Offer(Waiting contact, Server server)
    {
        var queue = contact.Queue.Name;
        _lines[queue].Remove(contact);
        (server.Load, server.HasOffer) = (server.Load + 1, true);
        _times[queue] = _times[queue].Took(_now);
        server.IsOnCall |= contact.IsCall;
        After((2 + (8 * _random.NextDouble())) / 60, () =>
        {
            server.HasOffer = false;
            _served.Add(new ServedContact(contact.Shown, TimeSpan.FromMilliseconds(_now - contact.ArrivedAt), contact.HadToWait));
            After(contact.Queue.Handling.Draw(_random, Hour), () =>
            {
                server.Load--;
                server.IsOnCall &= !contact.IsCall;
                _times[queue] = _times[queue].GaveBack(_now, handled: true);
                Match();
            });
            Match();
        });
    }

    private sealed class Waiting(long place, int number, SimulatedQueue queue, long arrivedAt, bool isCall)
    {
        public bool IsCall => isCall;

        public long Place => place;

        public int Number => number;

        public SimulatedQueue Queue => queue;

        public long ArrivedAt => arrivedAt;

        public WaitRange? Shown { get; set; }

        public bool HadToWait { get; set; }
    }

    private sealed class Server(SimulatedTeam team)
    {
        public SimulatedTeam Team => team;

        public int Load { get; set; }

        public bool HasOffer { get; set; }

        public bool IsOnCall { get; set; }

        public bool IsThere(long now) => Milliseconds(team.From) <= now && now < Milliseconds(team.To);

        public bool IsFree(long now, string queue) => IsThere(now) && !HasOffer && !IsOnCall && Load < team.Capacity && team.Queues.Contains(queue);

        private static double Milliseconds(double hours) => hours * MillisecondsPerHour;
    }
}

/// <param name="Shown">What was shown first; null for nothing.</param>
/// <param name="HadToWait">Whether no seat was free.</param>
internal sealed record ServedContact(WaitRange? Shown, TimeSpan Waited, bool HadToWait);
