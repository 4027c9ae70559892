using System.Text.Json.Serialization;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Something that a routing step causes outside routing's own state. It is written by the step itself into the site's
/// outbox, so it happens if and only if the step did; whoever reads it applies it at least once, in the order of <see cref="EffectId"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(ConversationOpened), "conversation_opened")]
[JsonDerivedType(typeof(ConversationChanged), "conversation_changed")]
[JsonDerivedType(typeof(ContactMoved), "contact_moved")]
[JsonDerivedType(typeof(OfferMade), "offer_made")]
[JsonDerivedType(typeof(OfferEnded), "offer_ended")]
[JsonDerivedType(typeof(CallChanged), "call_changed")]
[JsonDerivedType(typeof(CustomerSeen), "customer_seen")]
[JsonDerivedType(typeof(InactivityDue), "inactivity_due")]
[JsonDerivedType(typeof(AgentStatusChanged), "agent_status_changed")]
public abstract record RoutingEffect(long EffectId, string SiteId);

/// <summary>A chat came in: its conversation must exist. Always the first effect of a chat.</summary>
public sealed record ConversationOpened(long EffectId, string SiteId, NewConversation Conversation) : RoutingEffect(EffectId, SiteId);

/// <summary>Members, state and an event of the contact's conversation; of those that have one.</summary>
public sealed record ConversationChanged(long EffectId, string SiteId, ConversationChange Change) : RoutingEffect(EffectId, SiteId);

/// <summary>Tell the customer, and the agent if there is one, how the contact stands. A hint: both can ask.</summary>
/// <param name="AgentId">The agent concerned, who may just have lost it.</param>
public sealed record ContactMoved(long EffectId, string SiteId, Contact Contact, string? AgentId, string? Reason) : RoutingEffect(EffectId, SiteId)
{
    /// <summary>Whether an agent took it who is the first to do so: later ones take what came back, was passed on or is called again.</summary>
    public bool IsFirstTaking { get; init; }
}

/// <summary>Show the agent an offer. A hint: a console that reconnects asks.</summary>
public sealed record OfferMade(long EffectId, string SiteId, AgentInfo Agent, Offer Offer) : RoutingEffect(EffectId, SiteId);

/// <summary>Tell the serving agent how the provider's call stands. A hint: a console that reconnects asks.</summary>
public sealed record CallChanged(long EffectId, string SiteId, Contact Contact) : RoutingEffect(EffectId, SiteId);

/// <param name="Reason">One of <see cref="Contracts.Reasons"/>.</param>
public sealed record OfferEnded(long EffectId, string SiteId, string AgentId, string OfferId, string Reason) : RoutingEffect(EffectId, SiteId);

/// <summary>The customer of the chat went away or is back: tell who serves it, if anybody does. A hint: a console that reconnects asks.</summary>
public sealed record CustomerSeen(long EffectId, string SiteId, Contact Contact) : RoutingEffect(EffectId, SiteId);

/// <summary>The customer of an active chat may have been silent for too long: look at its log and answer by <see cref="IContactQueue.SettleInactivityAsync"/>. No timer is set until then.</summary>
/// <param name="At">When the timer was carried out, by routing's clock.</param>
public sealed record InactivityDue(long EffectId, string SiteId, Contact Contact, DateTimeOffset At) : RoutingEffect(EffectId, SiteId);

/// <summary>Tell the agent that their status is another one, though they did not say so. A hint: a console that reconnects asks.</summary>
/// <param name="Reason">One of <see cref="Contracts.Reasons"/>.</param>
public sealed record AgentStatusChanged(long EffectId, string SiteId, string AgentId, string Status, string Reason) : RoutingEffect(EffectId, SiteId);
