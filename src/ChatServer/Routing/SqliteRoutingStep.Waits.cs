namespace CoPilot.ChatServer.Routing;

/// <summary>What a step keeps for estimates of waits, and of how they came true.</summary>
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

    /// <summary>An agent takes the contact, which is as it was offered. Who takes it again changes nothing.</summary>
    private void CountTaking(SqliteContactRow offered)
    {
        var contact = offered.Contact;
        var counted = offered.ServedBy is null ? AnswerFigures.Answer(HasWaited(contact) <= AnswerWithin(contact)) : default;
        if (contact.Shown is { } shown)
        {
            var waited = TimeSpan.FromMilliseconds(Now - shown.At.ToUnixTimeMilliseconds());
            counted += AnswerFigures.Estimate(WaitOutcomes.Of(shown.Range, waited) == WaitOutcomes.Inside);
        }

        if (counted != default)
        {
            KeepTimes(contact.Queue, times => times.Counted(Now, counted));
        }
    }

    /// <summary>Who gives up after so long was not answered in time.</summary>
    private void CountLeaving(SqliteContactRow row)
    {
        if (RoutingResults.IsInLine(row.Contact) && row.ServedBy is null && HasWaited(row.Contact) > AnswerWithin(row.Contact))
        {
            KeepTimes(row.Contact.Queue, times => times.Counted(Now, AnswerFigures.Answer(inTime: false)));
        }
    }

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

    /// <summary>In milliseconds.</summary>
    private long HasWaited(Contact contact) => Now - contact.ArrivedAt.ToUnixTimeMilliseconds();

    private long AnswerWithin(Contact contact) => Milliseconds(site.SettingsOf(contact.Queue).AnswerWithin);

    private void KeepTimes(string queue, Func<HandlingTimes, HandlingTimes> change) =>
        SqliteHandlingRows.Save(session, site.Id, queue, change(SqliteHandlingRows.Find(session, site.Id, queue)));
}
