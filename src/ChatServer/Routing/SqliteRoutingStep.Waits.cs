namespace CoPilot.ChatServer.Routing;

/// <summary>What a step keeps for estimates of waits.</summary>
internal sealed partial class SqliteRoutingStep
{
    /// <summary>A contact took its place in the queue's line.</summary>
    private void CountHeadStart(string queue, int headStart)
    {
        if (headStart > 0)
        {
            KeepTimes(queue, times => times.LetAhead(Now));
        }
    }

    private void TakeSeat(string queue) => KeepTimes(queue, times => times.Took(Now));

    /// <param name="handled">The contact has been served and does not come back to the queue.</param>
    private void GiveSeatBack(string queue, bool handled) => KeepTimes(queue, times => times.GaveBack(Now, handled));

    /// <summary>Whoever finishes up after a call keeps its seat.</summary>
    private void TakeSeatForWrapUp(string agentId, string queue)
    {
        GiveBackWrapUpSeat(agentId);
        TakeSeat(queue);
        SqliteHandlingRows.SetWrapUpQueue(session, site.Id, agentId, queue);
    }

    private void GiveBackWrapUpSeat(string agentId)
    {
        if (SqliteHandlingRows.FindWrapUpQueue(session, site.Id, agentId) is { } queue)
        {
            GiveSeatBack(queue, handled: false);
            SqliteHandlingRows.SetWrapUpQueue(session, site.Id, agentId, queue: null);
        }
    }

    private void KeepTimes(string queue, Func<HandlingTimes, HandlingTimes> change) =>
        SqliteHandlingRows.Save(session, site.Id, queue, change(SqliteHandlingRows.Find(session, site.Id, queue)));
}
