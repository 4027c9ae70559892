using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>What can be seen of the model.</summary>
internal abstract partial class RoutingModelSteps
{
    public DateTimeOffset? NextDue() =>
        Contacts.SelectMany(contact => contact.Timers()).Concat(Agents.Values.SelectMany(agent => agent.Timers()))
            .Concat(Openings.Values.Select(opening => (DateTimeOffset?)opening)).Min();

    public IEnumerable<ModelContact> Line(string queue) => ByPlace(contact => contact.IsInLine && contact.Queue == queue);

    public ModelOffer? OpenOffer(string agentId) => Offers.Find(offer => offer.AgentId == agentId && offer.Outcome is null);

    /// <summary>Mostly the agent's open offer, where there is one; else any that ever was.</summary>
    public ModelOffer? PickOffer(string agent, int number) =>
        number % 4 > 0 && OpenOffer(agent) is { } open ? open : Offers.ElementAtOrDefault(number % Math.Max(1, Offers.Count));

    /// <summary>Mostly one that is open.</summary>
    public ModelContact? PickContact(int number)
    {
        var candidates = number % 4 > 0 ? Contacts.FindAll(contact => contact.IsOpen) : Contacts;
        return candidates.ElementAtOrDefault(number % Math.Max(1, candidates.Count));
    }

    public int AvailableFor(string queue) => Agents.Values.Count(agent =>
        agent.Queues.Contains(queue) && HasRoom(agent));

    /// <summary>Nobody waits while a matching agent is free.</summary>
    public bool HasUnmadeOffer() =>
        Contacts.Exists(contact => contact.State == ContactStates.Waiting && Agents.Values.Any(agent => Matches(agent, contact)));

    /// <summary>Somebody stands behind who came later than the greatest head start after them, and no supervisor would have it so.</summary>
    public bool HasOvertakenTooLong() => site.Queues.Any(queue =>
    {
        var line = Line(queue.Name).ToList();
        return line.Index().Any(contact => line.Take(contact.Index).Any(before =>
            !before.IsPlacedBySupervisor && before.Stamp - contact.Item.Stamp > RoutingSites.MaximumHeadStart));
    });

    public string Describe(ModelAgent agent) => string.Join(
        ' ',
        agent.Id,
        agent.Status,
        agent.IsConnected(Now),
        agent.Capacity,
        Load(agent.Id),
        string.Join(',', agent.Queues.Select(queue => $"{queue}:{agent.Levels[queue]}")),
        string.Join(',', ByPlace(contact => contact.State == ContactStates.Active && contact.Owner == agent.Id).Select(contact => contact.Number)),
        OpenOffer(agent.Id) is { } offer ? $"{offer.Contact.Number} {offer.ExpiresAt:HH:mm:ss.fff}" : "-",
        $"{agent.WrapUpUntil:HH:mm:ss.fff}");

    /// <summary>In any order.</summary>
    public IEnumerable<string> AgentFacts() =>
        Agents.Values.Where(agent => agent.IsConnected(Now) && agent.Status == AgentStatuses.Available).Select(agent => string.Join(
            ' ', string.Join(',', agent.Queues.Order(StringComparer.Ordinal)), agent.Capacity, Load(agent.Id), IsOnCall(agent), agent.WrapUpUntil is not null));

    public LineFacts LineFacts(string queue)
    {
        var line = Line(queue).ToList();
        var waiting = line.FindAll(contact => contact.State == ContactStates.Waiting);
        return new LineFacts(queue, line.Count, waiting.Count, waiting.Count(contact => contact.IsCallback), TimesOf(queue))
        {
            IsClosedForNow = IsClosedForNow(queue, out _),
        };
    }

    public int Load(string agentId) =>
        Contacts.Count(contact => contact.Owner == agentId && contact.State is ContactStates.Offered or ContactStates.Active);

    /// <summary>Whatever the hours.</summary>
    public bool IsFree(ModelAgent agent, ModelContact contact) =>
        HasRoom(agent)
        && agent.Queues.Contains(contact.Queue)
        && (contact.Prefers is null || contact.Prefers == agent.Id)
        && OpenOffer(agent.Id) is null
        && (!IsOnCall(agent) || (!contact.IsCallback && site.Callbacks.ChatsDuringCalls));
}
