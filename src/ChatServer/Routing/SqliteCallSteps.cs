using CoPilot.ChatServer.Callbacks;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>The rules of calls that a provider makes.</summary>
internal static class SqliteCallSteps
{
    /// <summary>Tells whoever fired the timer to make the call. What is over is found out here and not when it ends, which happens in many ways.</summary>
    public static void Fire(SqliteRoutingStep step, SqliteTimer timer)
    {
        if (FindDialling(step, timer.Subject, timer.Fence) is { } contact)
        {
            step.PutCallOff(contact, RoutingRules.CallBegunWithin);
            step.Calls.Add(contact);
        }
    }

    public static CallHold Hold(SqliteRoutingStep step, string contactId, long fence, TimeSpan time)
    {
        if (FindDialling(step, contactId, fence) is not { } contact)
        {
            return CallHold.Over;
        }

        if (!step.IsOpen(contact.Queue))
        {
            return CallHold.OutsideHours;
        }

        step.PutCallOff(contact, time);
        return CallHold.Stands;
    }

    public static CallStatusResult Note(SqliteRoutingStep step, CallNews news)
    {
        var rank = CallProgress.RankOf(news.Status);
        if (step.FindContact(news.ContactId) is not { Contact: var contact } || contact.Fence < news.Fence)
        {
            return CallStatusResult.Unknown;
        }

        if (contact.Fence != news.Fence || contact.Callback?.Call is not { } call)
        {
            return CallStatusResult.Late;
        }

        // Whatever is heard of it, somebody has seen to it.
        SqliteTimers.Cancel(step.Session, step.Site.Id, SqliteTimerKinds.Dial, contact.Agent!.AgentId, contact.ContactId);
        if (rank <= CallProgress.RankOf(call.Status))
        {
            return rank == 0 && call.Status == CallStates.Dialling ? CallStatusResult.Taken : CallStatusResult.Late;
        }

        step.SetCall(contact, news.Status, news.Detail);
        return CallStatusResult.Taken;
    }

    private static Contact? FindDialling(SqliteRoutingStep step, string contactId, long fence) =>
        step.FindContact(contactId) is { Contact: { Callback.Call.Status: CallStates.Dialling } contact } && contact.Fence == fence ? contact : null;
}
