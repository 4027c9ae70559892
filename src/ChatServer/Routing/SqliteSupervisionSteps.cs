using System.Globalization;
using CoPilot.ChatServer.Supervision;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>The rules of what supervisors do, each with its record.</summary>
internal static class SqliteSupervisionSteps
{
    public static Outcome<bool> CloseQueue(SqliteRoutingStep step, CloseQueueCommand command)
    {
        if (step.Site.FindQueue(command.Queue) is not { } queue)
        {
            return RoutingRefusals.NotFound;
        }

        if (command.Until?.ToUnixTimeMilliseconds() <= step.Now)
        {
            return RoutingRefusals.BadEnd;
        }

        var closure = QueueClosure.Of(queue, command.Until);
        var isNew = SqliteClosures.Find(step.Session, step.Site.Id, command.Queue, step.Now) != closure;
        if (isNew)
        {
            SqliteClosures.Set(step.Session, step.Site.Id, command.Queue, closure);
            Record(step, command.By, SupervisionActs.QueueClosed, command.Queue, command.Until?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            if (closure.Until is { } until)
            {
                // Nobody may wait for it, but everybody is shown that it is closed.
                SqliteTimers.Set(
                    step.Session, step.Site.Id, new SqliteTimer(SqliteTimerKinds.Opening, AgentId: "", command.Queue, 0), until.ToUnixTimeMilliseconds());
            }
        }

        step.MakeOffers();
        return isNew;
    }

    public static Outcome<bool> OpenQueue(SqliteRoutingStep step, OpenQueueCommand command)
    {
        if (step.Site.FindQueue(command.Queue) is null)
        {
            return RoutingRefusals.NotFound;
        }

        var isClosed = SqliteClosures.Find(step.Session, step.Site.Id, command.Queue, step.Now) is not null;
        if (isClosed)
        {
            SqliteClosures.Remove(step.Session, step.Site.Id, command.Queue);
            Record(step, command.By, SupervisionActs.QueueOpened, command.Queue, detail: null);
        }

        step.MakeOffers();
        return isClosed;
    }

    public static Outcome<bool> MoveContact(SqliteRoutingStep step, MoveContactCommand command)
    {
        if (step.FindContact(command.ContactId) is not { Contact: var contact } row || step.Site.FindQueue(command.ToQueue) is not { } queue)
        {
            return RoutingRefusals.NotFound;
        }

        if (contact.State is ContactStates.Active or ContactStates.Closed)
        {
            return RoutingRefusals.TooLateToMoveContact;
        }

        if (contact.Kind == ContactKinds.Callback && queue.Callbacks is null)
        {
            return RoutingRefusals.NoCallbacks;
        }

        var isElsewhere = contact.Queue != queue.Name;
        if (isElsewhere)
        {
            step.Move(row, queue.Name);
            Record(step, command.By, SupervisionActs.ContactMoved, command.ContactId, $"{contact.Queue} {queue.Name}");
        }

        step.MakeOffers();
        return isElsewhere;
    }

    public static Outcome<bool> SetHeadStart(SqliteRoutingStep step, SetHeadStartCommand command)
    {
        if (step.FindContact(command.ContactId) is not { Contact: var contact })
        {
            return RoutingRefusals.NotFound;
        }

        if (contact.State != ContactStates.Waiting)
        {
            return RoutingRefusals.NotWaiting;
        }

        var place = SqliteContactRows.GetPlace(step.Session, command.ContactId);
        var isNew = LinePlace.HeadStartOf(place) != command.HeadStart;
        if (isNew)
        {
            // Its stamp may have been given again while it stood elsewhere.
            SqliteContactRows.SetPlace(
                step.Session, command.ContactId, SqliteContactRows.TakePlace(step.Session, step.Site.Id, LinePlace.StampOf(place), command.HeadStart));
            Record(step, command.By, SupervisionActs.PrioritySet, command.ContactId, command.HeadStart.ToString(CultureInfo.InvariantCulture));
        }

        step.MakeOffers();
        return isNew;
    }

    private static void Record(SqliteRoutingStep step, Supervisor by, string what, string subject, string? detail)
    {
        SqliteSupervisionActs.Add(step.Session, step.Site.Id, step.Now, by, what, subject, detail);
        step.MarkChanged();
    }
}
