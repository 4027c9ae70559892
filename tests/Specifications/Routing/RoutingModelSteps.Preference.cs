using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>The model's contacts that wait for one agent alone.</summary>
internal abstract partial class RoutingModelSteps
{
    private readonly Dictionary<string, (string Agent, DateTimeOffset At)> _lastAgents = [];

    /// <summary>Of those who waited so long for one agent; answers how many.</summary>
    protected int FirePreferences(Func<ModelContact, bool> isMeant)
    {
        var due = Contacts.FindAll(contact =>
            contact.State == ContactStates.Waiting && contact.Prefers is not null && contact.PrefersUntil <= Now && isMeant(contact));
        due.ForEach(contact => contact.Prefers = null);
        return due.Count;
    }

    protected void RememberAgent(ModelContact contact, string agentId)
    {
        _lastAgents[contact.Customer] = (agentId, Now);
        contact.Prefers = null;
    }

    private void BeginPreference(ModelContact contact)
    {
        var time = site.FindQueue(contact.Queue)!.PreferredAgentFor;
        contact.Prefers = time > TimeSpan.Zero
            && _lastAgents.TryGetValue(contact.Customer, out var last)
            && last.At >= Now - RoutingRules.LastAgentMemory
            && IsThere(last.Agent, contact.Queue)
            && !contact.PassedUntil.ContainsKey(last.Agent)
                ? last.Agent
                : null;
        contact.PrefersUntil = Now + time;
    }

    private void EndPreferencesInVain() => Contacts
        .FindAll(contact => contact is { State: ContactStates.Waiting, Prefers: not null } && !IsThere(contact.Prefers, contact.Queue))
        .ForEach(contact => contact.Prefers = null);

    private bool IsThere(string agentId, string queue) =>
        Agents[agentId] is { Status: AgentStatuses.Available } agent && agent.IsConnected(Now) && agent.Queues.Contains(queue);
}
