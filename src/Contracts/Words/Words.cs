namespace CoPilot.Contracts;

/// <summary>Who somebody is. Open words: a client shows one it does not know neutrally.</summary>
public static class Roles
{
    public const string Customer = "customer";
    public const string Agent = "agent";
    public const string Supervisor = "supervisor";

    /// <summary>The author of events.</summary>
    public const string System = "system";
}

/// <summary>How a contact is served.</summary>
public static class ContactKinds
{
    public const string Chat = "chat";
    public const string Callback = "callback";
}

/// <summary>Where a contact stands. <c>scheduled -> waiting -> offered -> active -> closed</c>.</summary>
public static class ContactStates
{
    /// <summary>A call-back whose time has not come.</summary>
    public const string Scheduled = "scheduled";

    public const string Waiting = "waiting";
    public const string Offered = "offered";
    public const string Active = "active";
    public const string Closed = "closed";
}

/// <summary>What an agent says about being ready for contacts.</summary>
public static class AgentStatuses
{
    public const string Available = "available";
    public const string Away = "away";
    public const string Offline = "offline";
}

/// <summary>What a log entry is.</summary>
public static class EntryKinds
{
    public const string Text = "text";
    public const string Event = "event";
    public const string Note = "note";
}

/// <summary>Who may see a log entry.</summary>
public static class Audiences
{
    public const string All = "all";
    public const string Agents = "agents";
}

/// <summary>The <c>text</c> of entries of kind <c>event</c>.</summary>
public static class EventCodes
{
    /// <summary>An agent took the contact. <c>data</c>: <c>agentId</c>, <c>agentName</c>, and <c>kind</c> where it is a call-back: they call.</summary>
    public const string AgentJoined = "agent_joined";

    /// <summary>The agent's connection is gone for good; the contact waits again. <c>data</c>: <c>agentId</c>, <c>agentName</c>.</summary>
    public const string AgentAway = "agent_away";

    /// <summary>The agent passed the contact on; it waits again. <c>data</c>: <c>agentId</c>, <c>agentName</c>, <c>queue</c> or <c>toAgentId</c>.</summary>
    public const string Transferred = "transferred";

    /// <summary>The contact is closed. <c>data</c>: <c>by</c> (a role), and for agents in a note of its own <c>disposition</c>.</summary>
    public const string Ended = "ended";

    /// <summary>The customer wants to be served in another way, from the same place. <c>data</c>: <c>kind</c>.</summary>
    public const string Switched = "switched";

    /// <summary>The customer has not answered for a while. <c>data</c>: <c>seconds</c>, after which the chat ends unless they write.</summary>
    public const string InactivityWarning = "inactivity_warning";

    /// <summary>The customer was called and not reached; they are called again. <c>data</c>: <c>outcome</c>.</summary>
    public const string CallFailed = "call_failed";
}

/// <summary>What came of calling a customer back.</summary>
public static class CallOutcomes
{
    public const string Reached = "reached";
    public const string NoAnswer = "no_answer";
    public const string Busy = "busy";
    public const string Voicemail = "voicemail";
    public const string WrongNumber = "wrong_number";
}

/// <summary>How the call stands that a telephony provider makes for the agent who serves a call-back.</summary>
public static class CallStates
{
    /// <summary>The provider is asked, or has taken it on and said nothing since.</summary>
    public const string Dialling = "dialling";

    /// <summary>The agent has to dial: the provider does not.</summary>
    public const string LeftToAgent = "left_to_agent";

    /// <summary>It rings at the customer's.</summary>
    public const string Ringing = "ringing";

    /// <summary>Somebody or something took it.</summary>
    public const string Answered = "answered";

    /// <summary>It is over; the agent says what came of it.</summary>
    public const string Ended = "ended";
}

/// <summary>Why a contact changed or an offer went away.</summary>
public static class Reasons
{
    public const string Declined = "declined";
    public const string NotAnswered = "not_answered";
    public const string AgentGone = "agent_gone";
    public const string Transferred = "transferred";
    public const string EndedByCustomer = "ended_by_customer";
    public const string EndedByAgent = "ended_by_agent";
    public const string Accepted = "accepted";
    public const string StatusChanged = "status_changed";

    /// <summary>The customer did not answer for as long as the queue waits, though they were warned.</summary>
    public const string Inactive = "inactive";

    /// <summary>The agent did not answer so many offers in a row that they seem not to be there.</summary>
    public const string MissedOffers = "missed_offers";

    /// <summary>A call-back's time has come.</summary>
    public const string Due = "due";

    /// <summary>The customer chose another time.</summary>
    public const string Rescheduled = "rescheduled";

    /// <summary>The customer made a call-back of the chat, or a chat of the call-back.</summary>
    public const string Switched = "switched";

    /// <summary>A supervisor moved it to another queue.</summary>
    public const string Moved = "moved";

    /// <summary>The contact waited so long that it went to another queue's line, to its place there.</summary>
    public const string Overflow = "overflow";

    public const string Reached = CallOutcomes.Reached;
    public const string NoAnswer = CallOutcomes.NoAnswer;
    public const string Busy = CallOutcomes.Busy;
    public const string Voicemail = CallOutcomes.Voicemail;
    public const string WrongNumber = CallOutcomes.WrongNumber;

    /// <summary>The customer was called as often as the queue does, and never reached.</summary>
    public const string NotReached = "not_reached";
}

/// <summary>Ways to reach the shop, as contact options name them.</summary>
public static class Channels
{
    public const string Chat = "chat";
    public const string Callback = "callback";
}
