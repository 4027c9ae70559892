using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Supervision;

/// <summary>What supervisors see of a site, in the wire's words.</summary>
internal static class SiteOverviews
{
    public static SiteOverview Of(Site site, SiteFacts facts, SiteWaits waits) =>
        new(facts.At, [.. facts.Lines.Select(line => ToLine(site, line, facts.At, waits))], [.. facts.Agents.Select(ToAgent)]);

    /// <param name="queue">One whose line is listed.</param>
    public static LineContacts LineOf(string queue, SiteFacts facts, SiteWaits waits) => new(
        queue,
        facts.Lines.Single(line => line.State.Name == queue).State.Waiting,
        [.. facts.Listed.Single(line => line.Queue == queue).Contacts.Select(contact => ToContact(contact, waits))]);

    private static LineOverview ToLine(Site site, SiteLine line, DateTimeOffset at, SiteWaits waits)
    {
        var (state, settings) = (line.State, site.SettingsOf(line.State.Name));
        var answers = line.Facts.Times.AsOf(at.ToUnixTimeMilliseconds()).Answers;
        var isOpen = state.Closure is null && settings.Hours.IsOpenAt(at);
        return new LineOverview(
            state.Name,
            state.Waiting,
            line.CallsInLine,
            line.Serving,
            state.AgentsAvailable,
            line.Due,
            line.Scheduled,
            (int)settings.AnswerWithin.TotalSeconds,
            answers.AnsweredPerHour,
            answers.EstimatesPerHour,
            isOpen,
            state.OldestArrival,
            answers.InTimeShare,
            answers.InsideShare,
            isOpen && state.Waiting < settings.MaximumLength ? waits.OfNewcomer(state.Name, ContactKinds.Chat) : null,
            isOpen ? null : state.Closure is { } closure ? closure.OpensAt : settings.Hours.NextOpening(at),
            state.Closure is { } closed ? new QueueClosedInfo(closed.Until) : null);
    }

    private static AgentOverview ToAgent(SiteAgent agent) => new(
        agent.Agent, agent.Status, agent.Load, agent.Capacity, agent.IsOnCall, agent.IsConnected, agent.Queues, agent.WrapUpUntil);

    /// <summary>Of the customer only who it is.</summary>
    private static LineContact ToContact(ListedContact listed, SiteWaits waits)
    {
        var contact = listed.Contact;
        var place = new LinePosition(contact.ContactId, contact.Customer.CustomerId, ConversationId: null, contact.State, listed.Position)
        {
            Kind = contact.Kind,
            StandsAt = listed.StandsAt,
        };
        return new LineContact(
            contact.ContactId,
            contact.Kind,
            contact.State,
            listed.Position,
            contact.Topic,
            new CustomerInfo(contact.Customer.CustomerId, contact.Customer.Verified, contact.Customer.Name),
            contact.ArrivedAt,
            listed.HeadStart,
            contact.State == ContactStates.Offered ? contact.Agent : null,
            waits.Of(contact.Queue, place));
    }
}
