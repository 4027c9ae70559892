using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>The steps of call-backs.</summary>
public abstract partial record RoutingOperation
{
    public sealed record RequestCallback(string Customer, string Topic, string Phone, int Request, int Slot) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) => new(
            model.RequestCallback(Customer, Topic, Phone, $"e{Request}", TimeOf(Slot, clock)),
            TwinAct(TimeOf(Slot, clock)));

        private Func<RoutingTwin, Task<string>> TwinAct(DateTimeOffset? when) =>
            twin => twin.RequestCallbackAsync(Customer, Topic, Phone, $"e{Request}", when);
    }

    /// <summary>Mostly a call-back that can be moved.</summary>
    public sealed record RescheduleCallback(int Contact, int Slot) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var calls = model.Contacts.FindAll(contact => contact.IsCallback && contact.State is not (ContactStates.Active or ContactStates.Closed));
            var contact = Contact % 4 > 0 && calls.Count > 0 ? calls[Contact % calls.Count] : model.PickContact(Contact);
            var (customer, when) = (contact?.Customer ?? Customers[0], TimeOf(Slot, clock));
            return new(model.RescheduleCallback(customer, contact, when), twin => twin.RescheduleCallbackAsync(customer, contact, when));
        }
    }

    /// <summary>Mostly a chat that nobody serves.</summary>
    public sealed record SwitchToCallback(int Contact, string Phone, int Slot, int Request) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var chats = model.Contacts.FindAll(contact => !contact.IsCallback && contact.IsInLine);
            var contact = Contact % 4 > 0 && chats.Count > 0 ? chats[Contact % chats.Count] : model.PickContact(Contact);
            var (customer, when) = (contact?.Customer ?? Customers[0], TimeOf(Slot, clock));
            return new(
                model.SwitchToCallback(customer, contact, Phone, when, $"s{Request}"),
                twin => twin.SwitchToCallbackAsync(customer, contact, Phone, when, $"s{Request}"));
        }
    }

    /// <summary>Mostly a call-back that nobody is busy with.</summary>
    public sealed record SwitchToChat(int Contact, int Request) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var calls = model.Contacts.FindAll(contact => contact.IsCallback && contact.State is not (ContactStates.Active or ContactStates.Closed));
            var contact = Contact % 4 > 0 && calls.Count > 0 ? calls[Contact % calls.Count] : model.PickContact(Contact);
            var customer = contact?.Customer ?? Customers[0];
            return new(model.SwitchToChat(customer, contact, $"s{Request}"), twin => twin.SwitchToChatAsync(customer, contact, $"s{Request}"));
        }
    }

    /// <summary>By whoever served the contact last, mostly the call of somebody who is on one.</summary>
    public sealed record CompleteCallback(int Contact, string Outcome, int Request) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var calls = model.Contacts.FindAll(contact => contact.IsCallback && contact.State == ContactStates.Active);
            var contact = Contact % 4 > 0 && calls.Count > 0 ? calls[Contact % calls.Count] : model.PickContact(Contact);
            var agent = contact?.ServedBy ?? Agents[0];
            return new(
                model.CompleteCallback(agent, contact, Outcome, $"o{Request}"),
                twin => twin.CompleteCallbackAsync(agent, contact, Outcome, $"o{Request}"));
        }
    }

    /// <summary>A slot that begins after now; one of them in a hundred is none that can be chosen.</summary>
    private static DateTimeOffset? TimeOf(int slot, ManualTimeProvider clock)
    {
        var length = (long)RoutingSites.SlotLength.TotalMilliseconds;
        return slot == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(((clock.GetUtcNow().ToUnixTimeMilliseconds() / length) + slot) * length);
    }
}
