using System.Globalization;
using CoPilot.ChatServer.Supervision;
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
            Record(step, command.By, SupervisionActs.QueueClosed, command.Queue, command.Until?.ToUnixTimeMilliseconds());
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

    private static void Record(SqliteRoutingStep step, Supervisor by, string what, string subject, long? detail)
    {
        SqliteSupervisionActs.Add(step.Session, step.Site.Id, step.Now, by, what, subject, detail?.ToString(CultureInfo.InvariantCulture));
        step.MarkChanged();
    }
}
