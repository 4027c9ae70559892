using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>What routing says no to, in words for a person.</summary>
internal static class RoutingRefusals
{
    public static readonly Refusal NotFound = new(ErrorCodes.NotFound, "There is no such thing.");

    public static readonly Refusal CustomersOnly = new(ErrorCodes.Forbidden, "Only customers do this.");

    public static readonly Refusal AgentsOnly = new(ErrorCodes.Forbidden, "Only agents do this.");

    public static readonly Refusal UnknownTopic = new(ErrorCodes.Invalid, "There is no such topic.");

    public static readonly Refusal OutsideHours = new(ErrorCodes.OutsideHours, "This is closed now.");

    public static readonly Refusal QueueFull = new(ErrorCodes.QueueFull, "Too many people are waiting. Please try again later.");

    public static readonly Refusal NoCallbacks = new(ErrorCodes.Invalid, "Nobody is called back about this.");

    public static readonly Refusal BadTime = new(ErrorCodes.Invalid, "This is not a time to choose.");

    public static readonly Refusal SlotFull = new(ErrorCodes.QueueFull, "This time has been chosen by others. Please choose another one.");

    public static readonly Refusal TooLateToMove = new(ErrorCodes.Conflict, "The call-back cannot have another time: an agent has taken it, or it has ended.");

    public static readonly Refusal TooLateToSwitch = new(ErrorCodes.Conflict, "The contact cannot become another kind: an agent has taken it, or it has ended.");

    public static readonly Refusal OtherNumber = new(ErrorCodes.Conflict, "The contact is a call-back already, to another number.");

    public static readonly Refusal ChatIsOpen = new(ErrorCodes.Conflict, "The customer has an open chat already.");

    /// <summary>To its agent, whose outcome ends it, and to its customer, who is being called.</summary>
    public static readonly Refusal CallUnderWay = new(ErrorCodes.Conflict, "The call is under way: only its outcome ends it.");

    /// <summary>Says nothing of whose it is, nor that there is one.</summary>
    public static readonly Refusal NumberTaken = new(ErrorCodes.Conflict, "A call to this number cannot be asked for now.");

    public static readonly Refusal TooManyCallbacks = new(ErrorCodes.Conflict, "The customer has as many open call-backs as the site allows.");

    public static readonly Refusal OfferGone = new(ErrorCodes.Stale, "This offer is no longer yours.");

    public static readonly Refusal NotActive = new(ErrorCodes.Stale, "You no longer serve this contact.");

    public static readonly Refusal OneTarget = new(ErrorCodes.Invalid, "Choose either a queue or a colleague.");

    public static readonly Refusal OwnContact = new(ErrorCodes.Invalid, "You serve this contact already.");

    public static readonly Refusal UnknownTarget = new(ErrorCodes.NotFound, "There is no such queue or colleague.");

    public static readonly Refusal TooLateToMoveContact = new(ErrorCodes.Conflict, "The contact cannot go to another queue: an agent has taken it, or it has ended.");

    public static readonly Refusal NotWaiting = new(ErrorCodes.Conflict, "The contact is in no line now.");

    public static readonly Refusal BadEnd = new(ErrorCodes.Invalid, "The end is over already.");

    public static readonly Refusal CannotTakeIt = new(ErrorCodes.Conflict, "The colleague cannot be offered it now: not available, not of its queue, or busy.");
}
