using CoPilot.ChatServer.Callbacks;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Routing of a site's contacts to its agents: one state machine per site, changed only in atomic steps.
/// <para><b>Steps.</b> Each call that changes something is one atomic step that checks skill (the agent has the queue), opening hours, capacity, presence
/// and state together, and that also makes every offer it makes possible: when a call has returned, no contact waits while an agent
/// matches it. Nothing polls.</para>
/// <para><b>Matching.</b> An agent matches a contact who is connected, <c>available</c>, has its queue, has load below capacity, no open offer, and does not finish up after a call.
/// Who serves a call-back matches no second one, and chats only where the site has <see cref="Sites.SiteCallbacks.ChatsDuringCalls"/>. Call-backs match nobody while their queue is closed: they
/// wait in their place until it opens. Chats match whatever the hours: those count when they come.
/// Who declined, missed or passed on a contact is no match for it for <see cref="RoutingRules.PassedOverFor"/>, and after that only when nobody else
/// matches. Contacts are served by place; among matching agents the queue's strategy chooses (<see cref="Sites.QueueStrategies"/>), then the longest idle (since a
/// contact or offer last came or went, or they became available), then the smallest id.
/// Load counts offered and active contacts. An agent has at most one open offer.</para>
/// <para><b>Missed offers.</b> A connected agent who let as many offers in a row expire as <see cref="Sites.Site.MissedOffers"/> says is <c>away</c>. An accepted or declined offer and a status set begin
/// the count anew.</para>
/// <para><b>Fence.</b> Every change of owner or state raises the contact's fence. An answer to an offer that was withdrawn, answered, or is past its
/// due time is <c>stale</c>, whether or not the timer was claimed.</para>
/// <para><b>Place.</b> A contact is stamped when it enters a line: with the moment in milliseconds, and with the one after the site's last stamp where the clock stands still or stepped back.
/// What was scheduled is stamped with the moment at which it was to enter, however late it does, moved on until no open contact of the site has its place;
/// of those that were to enter together the one that was made first comes first.
/// Its place follows from the stamp and its head start (<see cref="LinePlace"/>), is no other open contact's, and changes only when a supervisor gives it another head start (<see cref="SetHeadStartAsync"/>).</para>
/// <para><b>Return.</b> A contact that comes back (declined, not answered, agent gone, transferred, called in vain) keeps its arrival time, and with it its place.</para>
/// <para><b>Overflow.</b> A contact goes to the other queue of its queue's <see cref="Sites.QueueOverflow"/> once, with its place: when it comes to a line while nobody who has the queue is connected and
/// not offline, or when it waits at the end of the time that it may. The other must be open, take its kind, have room, and somebody of it must be there; otherwise it is tried again after as long.</para>
/// <para><b>Preferred agent.</b> A contact that comes to the line of a queue with <see cref="Sites.QueueSettings.PreferredAgentFor"/> is matched by the agent who accepted its customer's last contact alone, if that was within
/// <see cref="RoutingRules.LastAgentMemory"/>, until that time is over, or the agent is not connected, not available, without the queue or passed over for it.</para>
/// <para><b>Call-backs</b> stand in the same lines as chats. A customer has at most one open chat, and open call-backs to different numbers, at most
/// <see cref="Sites.SiteCallbacks.MaximumPerCustomer"/>; a number has one open call-back on the site. Whoever was not reached is <c>scheduled</c> after the queue's pause; when it is over, or at the next opening
/// after it, the call-back enters the line again.</para>
/// <para><b>Calls.</b> Where the site has a provider that dials (<see cref="Sites.SiteCallbacks.Webhook"/>), taking a call-back sets a timer for its call, due at once, and not an effect: effects are applied in
/// order, before the agent's call is answered, and forgotten once applied, while a provider may take a minute to answer and its node may die meanwhile. The timer stays until the provider has taken the
/// call on or will not; whoever claims it makes the call and puts it off as long as they try. So the call is asked for at least once, and by its id (contact and fence) the provider knows
/// it again.</para>
/// <para><b>Timers</b> are rows with a due time: offer expiry, agent grace, presence leases of agents and customers, the end of being passed over or of finishing up, overflow, the end of waiting for one agent alone, looks at customers who may have fallen silent, scheduled call-backs, openings that
/// call-backs wait for, calls to make. They are claimed by
/// <see cref="FireDueTimersAsync"/> on any node, each once.</para>
/// <para><b>Effects</b> outside this state are written to the site's outbox by the same step; see <see cref="RoutingEffect"/>.</para>
/// <para><b>Hints.</b> After a step that changed a line, an agent or the outbox the engine calls <see cref="IRoutingFeed"/>.</para>
/// <para><b>Waits.</b> Every step that offers a contact, takes an offer back or ends a contact's service keeps the queue's <see cref="HandlingTimes"/> with it. A seat is given back as handled
/// when the contact was served and does not come back to the queue: closed, or transferred to another one. Who finishes up after a call holds its seat on.</para>
/// <para><b>Invariants.</b> No contact has two owners; nobody waits while a matching agent is free; load equals what the agent owns.</para>
/// <para><b>Durability, concurrency, failure</b> as <see cref="Conversations.IConversationStore"/>. <b>Repetition:</b> every call may be repeated; where
/// it has a request id the answer is kept for at least <see cref="Contracts.Limits.RequestMemory"/>.</para>
/// <para><b>Clock.</b> The engine's; one per engine. It may step backwards without breaking an invariant.</para>
/// <para>Sites, queues and topics are those of <see cref="Sites.ISiteCatalog"/>; unknown ones are <c>not_found</c> or, for a topic, <c>invalid</c>.</para>
/// </summary>
public interface IContactQueue
{
    /// <summary>
    /// Puts a chat into the line of its topic's queue. The customer's open chat, if there is one, is answered instead;
    /// so is the contact of the same request id. Refusals: <c>invalid</c> (topic), <c>outside_hours</c>, <c>queue_full</c>.
    /// </summary>
    Task<Outcome<Contact>> EnqueueAsync(NewContact contact, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts a call-back into the line of its topic's queue, or keeps it <c>scheduled</c> until the queue's lead before the time chosen. The customer's open one for the same number is answered instead; so is the contact of the same request id. Refusals:
    /// <c>invalid</c> (topic, or one of a queue without call-backs), <c>conflict</c> (the number is to be called for somebody else, or this customer has too many); for now <c>outside_hours</c>, <c>queue_full</c>; for later <c>invalid</c> (not a time of
    /// <see cref="Sites.QueueCallbacks.IsTimeToChoose"/>), <c>outside_hours</c> (at that time), <c>queue_full</c> (too many chose that time).
    /// </summary>
    Task<Outcome<Contact>> RequestCallbackAsync(NewCallback callback, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves the customer's call-back to another time, or to now. An open offer is withdrawn. A call-back that has a place keeps it. A repetition is answered alike. Refusals: <c>not_found</c> (no call-back of
    /// this customer), <c>conflict</c> (somebody is busy with it, or it is closed), and those of <see cref="RequestCallbackAsync"/> about the time.
    /// </summary>
    Task<Outcome<Contact>> RescheduleCallbackAsync(RescheduleCallbackCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a call-back of a chat that nobody serves yet, from the same place; an open offer is withdrawn. Its conversation stays, and whoever takes the call-back becomes a member of it. What is a call-back to that
    /// number already is answered as it is. Refusals: <c>not_found</c> (no contact of this customer), <c>conflict</c> (it is served or closed, the number is to be called already, or too many are), and those of
    /// <see cref="RequestCallbackAsync"/> about the queue and the time, but for its length.
    /// </summary>
    Task<Outcome<Contact>> SwitchToCallbackAsync(SwitchToCallbackCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a chat of a call-back that nobody is busy with, from the same place; one that has none enters the line now. An open offer is withdrawn. What is a chat already is answered as it is. Refusals:
    /// <c>not_found</c> (no contact of this customer), <c>conflict</c> (it is served or closed, or the customer has an open chat), <c>outside_hours</c>, <c>queue_full</c> (when it was not in line).
    /// </summary>
    Task<Outcome<Contact>> SwitchToChatAsync(SwitchToChatCommand command, CancellationToken cancellationToken = default);

    /// <summary>How many call-backs are scheduled for the times from <paramref name="from"/> until before <paramref name="until"/>, in order; without times that nobody chose.</summary>
    Task<IReadOnlyList<SlotCount>> CountSlotsAsync(
        string siteId, string queue, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says what came of a call, which is kept with the contact. Who was reached, or whose number is wrong, is closed with that as the reason; anybody else is called again after the queue's
    /// pause, and closed as <c>not_reached</c> after the last one. The agent then finishes up for the queue's time. Refusals: <c>not_found</c> (no call-back of this agent),
    /// <c>stale</c> (no longer active).
    /// </summary>
    /// <exception cref="ArgumentException">There is no such outcome.</exception>
    Task<Outcome<Contact>> CompleteCallbackAsync(CompleteCallbackCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whether a provider is to be asked now for the call of that taking. While it is, the call is the caller's for that time, after which <see cref="FireDueTimersAsync"/> tells
    /// whoever asks to make it; of zero it tells them at once.
    /// </summary>
    Task<CallHold> HoldCallAsync(string siteId, string contactId, long fence, TimeSpan time, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes how the provider's call goes, and that nobody else need make it; the serving agent is told. It goes on through <see cref="CallStates"/> and never back: what comes late, or
    /// twice, changes nothing.
    /// </summary>
    Task<CallStatusResult> NoteCallAsync(CallNews news, CancellationToken cancellationToken = default);

    /// <summary>
    /// A connection of the agent opened; it holds a lease of <see cref="RoutingRules.PresenceLease"/>. The first one ends a running grace. The profile replaces
    /// the one known. The status stays what it was; of an agent never seen it is <c>offline</c>.
    /// </summary>
    Task<Agent> ConnectAgentAsync(AgentProfile profile, string connectionId, CancellationToken cancellationToken = default);

    /// <summary>Renews the leases of this node's agent connections, as <see cref="RoutingRules.PresenceRenewal"/> asks. A lease that has run out is taken again.</summary>
    Task RenewPresenceAsync(string siteId, IReadOnlyList<AgentConnection> connections, CancellationToken cancellationToken = default);

    /// <summary>
    /// A connection closed. After the last one the agent matches nothing, and the queue's grace starts for each contact they serve: when it ends those return to the line
    /// (<c>agent_away</c>). With the longest grace of their queues and contacts the status becomes <c>offline</c>. An open offer stands until it expires; accepted without
    /// a connection, its contact has a grace of its own.
    /// </summary>
    Task DisconnectAgentAsync(AgentConnection connection, string siteId, CancellationToken cancellationToken = default);

    /// <summary>
    /// This node has connections of these customers: it takes or renews a lease of <see cref="RoutingRules.CustomerLease"/> for the open chat of each; one who was away is back. Nothing
    /// happens to customers without an open chat.
    /// </summary>
    Task HoldCustomersAsync(string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken = default);

    /// <summary>
    /// This node has no connection of these customers any more: its leases end after <see cref="RoutingRules.CustomerGrace"/>. A customer of whom no node holds a lease is away
    /// (<see cref="Contact.CustomerAway"/>); their chat stays what it is.
    /// </summary>
    Task ReleaseCustomersAsync(string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken = default);

    /// <summary>Sets the status. Finishing up after a call is over with it. Leaving <c>available</c> withdraws the open offer, whose contact returns to the line; contacts served stay. Refusal: <c>not_found</c> for an agent never connected.</summary>
    Task<Outcome<Agent>> SetStatusAsync(string siteId, string agentId, string status, CancellationToken cancellationToken = default);

    /// <summary>Takes the offered contact. The owner's repetition is answered alike. Refusal: <c>stale</c>.</summary>
    Task<Outcome<Contact>> AcceptOfferAsync(string siteId, string agentId, string offerId, CancellationToken cancellationToken = default);

    /// <summary>Gives the offered contact back; the agent is passed over for it. The same agent's repetition is accepted. Refusal: <c>stale</c>.</summary>
    Task<Outcome<bool>> DeclineOfferAsync(string siteId, string agentId, string offerId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Passes an active contact on. To a queue: it returns to that queue's line with its arrival time, whatever the hours and length there. To an agent: it is offered to them at once, whatever the hours, and, if they
    /// do not take it, routed as usual. Refusals: <c>not_found</c> (contact of somebody else, unknown target), <c>invalid</c> (the serving agent themselves, both or neither target),
    /// <c>conflict</c> (that agent cannot take it now), <c>stale</c> (no longer active).
    /// </summary>
    Task<Outcome<Contact>> TransferAsync(TransferCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a contact from any state; an open offer is withdrawn. A closed one is answered as it is. Refusals: <c>not_found</c> for anybody but its customer and its serving agent; <c>conflict</c> for a call-back that
    /// is active: only its outcome ends it (<see cref="CompleteCallbackAsync"/>).
    /// </summary>
    Task<Outcome<Contact>> CloseAsync(CloseCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Closes the queue for now: until then, or until somebody opens it, it counts as closed, as it does outside its hours. Again, it moves the end. Answers whether that changed anything, and only then the act is
    /// recorded (<see cref="Supervision.ISupervisionActs"/>), by the same step. Refusals: <c>not_found</c> (queue), <c>invalid</c> (an end that is over).
    /// </summary>
    Task<Outcome<bool>> CloseQueueAsync(CloseQueueCommand command, CancellationToken cancellationToken = default);

    /// <summary>Ends such a closure; the hours alone count again. Answers whether there was one, and only then the act is recorded. Refusal: <c>not_found</c> (queue).</summary>
    Task<Outcome<bool>> OpenQueueAsync(OpenQueueCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// What somebody who looked at the log of an <see cref="InactivityDue"/> found: the customer has time until another look, or the chat ends as <c>inactive</c>. May be repeated.
    /// Refusal: <c>stale</c> (another fence, no longer active, or no chat).
    /// </summary>
    Task<Outcome<Contact>> SettleInactivityAsync(InactivityCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves a contact that nobody serves yet to another queue, whatever the hours and length there, where it has the place that it has; an open offer is withdrawn. Answers and records as
    /// <see cref="CloseQueueAsync"/>. Refusals: <c>not_found</c> (contact, queue), <c>conflict</c> (it is served or closed), <c>invalid</c> (a call-back to a queue that takes none).
    /// </summary>
    Task<Outcome<bool>> MoveContactAsync(MoveContactCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Has a waiting contact stand as if it had come so much earlier, or, with none, where its arrival puts it: the one way in which a place changes. Answers and records as <see cref="CloseQueueAsync"/>.
    /// Refusals: <c>not_found</c>, <c>conflict</c> (it does not wait).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The head start is none.</exception>
    Task<Outcome<bool>> SetHeadStartAsync(SetHeadStartCommand command, CancellationToken cancellationToken = default);

    /// <summary>Claims and carries out at most <paramref name="limit"/> due timers of the site, the earliest first, in one step; those due together come in any order.</summary>
    Task<TimersFired> FireDueTimersAsync(string siteId, int limit, CancellationToken cancellationToken = default);

    /// <summary>The oldest effects of the site's outbox, in order; they stay until completed.</summary>
    Task<IReadOnlyList<RoutingEffect>> ReadEffectsAsync(string siteId, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes effects that were applied: all of the site's up to and including this one. Answers how many it removed: of two nodes that applied the same
    /// effects, only the one that also removed them tells people.
    /// </summary>
    Task<int> CompleteEffectsAsync(string siteId, long upToEffectId, CancellationToken cancellationToken = default);

    Task<Contact?> FindContactAsync(string siteId, string contactId, CancellationToken cancellationToken = default);

    /// <summary>What is open for the customer, oldest first.</summary>
    Task<IReadOnlyList<Contact>> ListOpenContactsAsync(string siteId, string customerId, CancellationToken cancellationToken = default);

    Task<Agent?> FindAgentAsync(string siteId, string agentId, CancellationToken cancellationToken = default);

    /// <summary>Every configured queue, in the configuration's order.</summary>
    Task<IReadOnlyList<QueueState>> GetQueuesAsync(string siteId, CancellationToken cancellationToken = default);

    /// <summary>Connected agents who are not offline, by name.</summary>
    Task<IReadOnlyList<Colleague>> ListColleaguesAsync(string siteId, CancellationToken cancellationToken = default);

    /// <summary>The queue's whole line in order.</summary>
    Task<IReadOnlyList<LinePosition>> GetLineAsync(string siteId, string queue, CancellationToken cancellationToken = default);

    /// <summary>Each contact's place, in their order; null when it is not in line. An engine may read many some at a time.</summary>
    Task<IReadOnlyList<int?>> GetPositionsAsync(string siteId, IReadOnlyList<string> contactIds, CancellationToken cancellationToken = default);

    /// <summary>
    /// All that estimates of the site's waits are made from. It costs as much as the site has agents and queues, so it is for few to ask and many to
    /// share (<see cref="WaitEstimates"/>). Lines are of one moment; an engine may read agents after them, some at a time. Nothing of a site that is not configured.
    /// </summary>
    Task<WaitFacts> GetWaitsAsync(string siteId, CancellationToken cancellationToken = default);

    /// <summary>
    /// A site as its supervisors see it. It costs as much as the site has agents, contacts that these serve, and queues, and as contacts are listed. Lines are of one moment; an
    /// engine may read agents after them, some at a time, so that a contact which changes hands meanwhile is counted with both or with neither. Nothing of a site that is not configured.
    /// </summary>
    /// <param name="listed">Configured queues whose lines are listed, the first <see cref="Contracts.Limits.LineContacts"/> of each.</param>
    /// <param name="isWatched">From now on, and for <see cref="RoutingRules.SiteWatchLease"/>, this node is hinted of what other nodes change too.</param>
    Task<SiteFacts> GetSiteAsync(string siteId, IReadOnlyCollection<string> listed, bool isWatched, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps what customers are being shown, with their contacts. What was shown before stays, and contacts that are not in line, or that an agent took once, are passed
    /// over. It is forgotten when an agent takes the contact, of which the effect tells once, and when the customer chooses a time.
    /// </summary>
    Task KeepShownWaitsAsync(string siteId, IReadOnlyList<WaitShown> shown, CancellationToken cancellationToken = default);
}

/// <summary>One open connection of an agent; it belongs to the node that holds it.</summary>
public sealed record AgentConnection(string AgentId, string ConnectionId);
