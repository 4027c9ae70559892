using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// <see cref="IContactQueue"/> on the embedded engine. One call is one piece of work of the database's only writer, so steps follow each other and
/// none sees another's middle. Refusals are found before anything is written.
/// </summary>
public sealed class SqliteContactQueue(SqliteDatabase database, ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed) : IContactQueue
{
    /// <summary>So many customers are dealt with in one step, a few milliseconds, so that thousands who are connected do not keep everybody else's writes waiting.</summary>
    private const int AtOnce = 200;

    /// <summary>
    /// To be called once at start-up, before anybody connects: connections of the process that had the file before are dead, so their agents' grace begins now.
    /// </summary>
    public async Task ForgetConnectionsAsync(CancellationToken cancellationToken = default)
    {
        foreach (var site in sites.All)
        {
            await StepAsync(
                site,
                step =>
                {
                    foreach (var connection in SqliteAgentRows.ListConnections(step.Session, site.Id))
                    {
                        SqlitePresence.Release(step, connection);
                    }

                    // Nobody can be offered anything; but who waits for one of these agents alone waits for everybody now.
                    step.MakeOffers();
                    return true;
                },
                cancellationToken);
        }
    }

    public Task<Outcome<Contact>> EnqueueAsync(NewContact contact, CancellationToken cancellationToken = default) =>
        DecideAsync(contact.SiteId, step => SqliteContactSteps.Enqueue(step, contact), cancellationToken);

    public Task<Outcome<Contact>> RequestCallbackAsync(NewCallback callback, CancellationToken cancellationToken = default) =>
        DecideAsync(callback.SiteId, step => SqliteCallbackSteps.Request(step, callback), cancellationToken);

    public Task<Outcome<Contact>> RescheduleCallbackAsync(RescheduleCallbackCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteCallbackSteps.Reschedule(step, command), cancellationToken);

    public Task<Outcome<Contact>> SwitchToCallbackAsync(SwitchToCallbackCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteSwitchSteps.ToCallback(step, command), cancellationToken);

    public Task<Outcome<Contact>> SwitchToChatAsync(SwitchToChatCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteSwitchSteps.ToChat(step, command), cancellationToken);

    public Task<IReadOnlyList<SlotCount>> CountSlotsAsync(
        string siteId, string queue, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<SlotCount>>(
            session => SqliteContactRows.ListSlots(session, siteId, queue, from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds()));

    public Task<Outcome<Contact>> CompleteCallbackAsync(CompleteCallbackCommand command, CancellationToken cancellationToken = default)
    {
        RoutingRules.CheckOutcome(command.Outcome);
        return DecideAsync(command.SiteId, step => SqliteCallbackSteps.Complete(step, command), cancellationToken);
    }

    public Task<CallHold> HoldCallAsync(
        string siteId, string contactId, long fence, TimeSpan time, CancellationToken cancellationToken = default) =>
        sites.TryGet(siteId, out var site)
            ? StepAsync(site, step => SqliteCallSteps.Hold(step, contactId, fence, time), cancellationToken)
            : Task.FromResult(CallHold.Over);

    public Task<CallStatusResult> NoteCallAsync(CallNews news, CancellationToken cancellationToken = default) =>
        sites.TryGet(news.SiteId, out var site)
            ? StepAsync(site, step => SqliteCallSteps.Note(step, news), cancellationToken)
            : Task.FromResult(CallStatusResult.Unknown);

    public Task<Agent> ConnectAgentAsync(AgentProfile profile, string connectionId, CancellationToken cancellationToken = default)
    {
        if (!sites.TryGet(profile.SiteId, out var site))
        {
            throw new ArgumentException("An agent's site is configured, or the agent could not have signed in.", nameof(profile));
        }

        return StepAsync(
            site,
            step =>
            {
                SqliteAgentRows.SaveProfile(step.Session, profile, step.Now);
                step.MarkChanged();
                SqlitePresence.Hold(step, new AgentConnection(profile.AgentId, connectionId));
                step.MakeOffers();
                return SqliteRoutingViews.FindAgent(step.Session, site.Id, profile.AgentId, step.Now)!;
            },
            cancellationToken);
    }

    public async Task RenewPresenceAsync(
        string siteId, IReadOnlyList<AgentConnection> connections, CancellationToken cancellationToken = default)
    {
        if (connections.Count == 0 || !sites.TryGet(siteId, out var site))
        {
            return;
        }

        await StepAsync(
            site,
            step =>
            {
                foreach (var connection in connections)
                {
                    SqlitePresence.Hold(step, connection);
                }

                step.MakeOffers();
                return true;
            },
            cancellationToken);
    }

    public async Task DisconnectAgentAsync(AgentConnection connection, string siteId, CancellationToken cancellationToken = default)
    {
        if (sites.TryGet(siteId, out var site))
        {
            await StepAsync(
                site,
                step =>
                {
                    SqlitePresence.Release(step, connection);
                    step.MakeOffers();
                    return true;
                },
                cancellationToken);
        }
    }

    public Task HoldCustomersAsync(string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken = default) =>
        ForCustomersAsync(siteId, customerIds, SqliteCustomerPresence.Hold, cancellationToken);

    public Task ReleaseCustomersAsync(string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken = default) =>
        ForCustomersAsync(siteId, customerIds, SqliteCustomerPresence.Release, cancellationToken);

    public Task<Outcome<Agent>> SetStatusAsync(
        string siteId, string agentId, string status, CancellationToken cancellationToken = default) =>
        status is AgentStatuses.Available or AgentStatuses.Away or AgentStatuses.Offline
            ? DecideAsync(siteId, step => SqliteAgentSteps.SetStatus(step, agentId, status), cancellationToken)
            : throw new ArgumentException("No such status.", nameof(status));

    public Task<Outcome<Contact>> AcceptOfferAsync(
        string siteId, string agentId, string offerId, CancellationToken cancellationToken = default) =>
        DecideAsync(siteId, step => SqliteAgentSteps.Accept(step, agentId, offerId), cancellationToken);

    public Task<Outcome<bool>> DeclineOfferAsync(
        string siteId, string agentId, string offerId, CancellationToken cancellationToken = default) =>
        DecideAsync(siteId, step => SqliteAgentSteps.Decline(step, agentId, offerId), cancellationToken);

    public Task<Outcome<Contact>> TransferAsync(TransferCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteContactSteps.Transfer(step, command), cancellationToken);

    public Task<Outcome<Contact>> CloseAsync(CloseCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteContactSteps.Close(step, command), cancellationToken);

    public Task<Outcome<bool>> CloseQueueAsync(CloseQueueCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteSupervisionSteps.CloseQueue(step, command), cancellationToken);

    public Task<Outcome<bool>> OpenQueueAsync(OpenQueueCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteSupervisionSteps.OpenQueue(step, command), cancellationToken);

    public Task<Outcome<Contact>> SettleInactivityAsync(InactivityCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteInactivity.Settle(step, command), cancellationToken);

    public Task<Outcome<bool>> MoveContactAsync(MoveContactCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(command.SiteId, step => SqliteSupervisionSteps.MoveContact(step, command), cancellationToken);

    public Task<Outcome<bool>> SetHeadStartAsync(SetHeadStartCommand command, CancellationToken cancellationToken = default)
    {
        LinePlace.CheckHeadStart(command.HeadStart);
        return DecideAsync(command.SiteId, step => SqliteSupervisionSteps.SetHeadStart(step, command), cancellationToken);
    }

    public async Task<TimersFired> FireDueTimersAsync(string siteId, int limit, CancellationToken cancellationToken = default)
    {
        // Asked after every hint, mostly with nothing due: then a read is enough, and no commit.
        var nextDue = database.Read(session => SqliteTimers.NextDue(session, siteId));
        if (nextDue is null || nextDue > clock.GetUtcNow() || !sites.TryGet(siteId, out var site))
        {
            return new TimersFired(0, nextDue);
        }

        return await StepAsync(
            site,
            step =>
            {
                var count = SqliteAgentSteps.FireDue(step, limit);
                // After all of them, so that it does not matter in which order those came that were due together.
                step.MakeOffers();
                return new TimersFired(count, SqliteTimers.NextDue(step.Session, siteId)) { Calls = step.Calls };
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<RoutingEffect>> ReadEffectsAsync(string siteId, int limit, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<RoutingEffect>>(session => SqliteOutbox.Read(session, siteId, limit));

    public Task<int> CompleteEffectsAsync(string siteId, long upToEffectId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => SqliteOutbox.Complete(session, siteId, upToEffectId), cancellationToken);

    public Task<Contact?> FindContactAsync(string siteId, string contactId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => SqliteContactRows.Find(session, siteId, contactId)?.Contact);

    public Task<IReadOnlyList<Contact>> ListOpenContactsAsync(
        string siteId, string customerId, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<Contact>>(
            session => SqliteContactRows.ListOpen(session, siteId, customerId).ConvertAll(row => row.Contact));

    public Task<Agent?> FindAgentAsync(string siteId, string agentId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => SqliteRoutingViews.FindAgent(session, siteId, agentId, Now()));

    public Task<IReadOnlyList<QueueState>> GetQueuesAsync(string siteId, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<QueueState>>(
            session => sites.TryGet(siteId, out var site) ? SqliteRoutingViews.ListQueues(session, site, Now()) : []);

    public Task<IReadOnlyList<Colleague>> ListColleaguesAsync(string siteId, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<Colleague>>(session => SqliteRoutingViews.ListColleagues(session, siteId, Now()));

    public Task<IReadOnlyList<LinePosition>> GetLineAsync(string siteId, string queue, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<LinePosition>>(session => SqliteRoutingViews.ListLine(session, siteId, queue));

    public Task<IReadOnlyList<int?>> GetPositionsAsync(
        string siteId, IReadOnlyList<string> contactIds, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<int?>>(session => [.. contactIds.Select(id => SqliteRoutingViews.FindPosition(session, siteId, id))]);

    public Task<WaitFacts> GetWaitsAsync(string siteId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => sites.TryGet(siteId, out var site)
            ? SqliteRoutingViews.ReadWaits(session, site, clock.GetUtcNow())
            : new WaitFacts(clock.GetUtcNow(), [], []));

    public Task<SiteFacts> GetSiteAsync(
        string siteId, IReadOnlyCollection<string> listed, bool isWatched, CancellationToken cancellationToken = default) =>
        ReadAsync(session => sites.TryGet(siteId, out var site)
            ? SqliteSiteViews.Read(session, site, clock.GetUtcNow(), listed)
            : new SiteFacts(clock.GetUtcNow(), [], [], []));

    public async Task KeepShownWaitsAsync(string siteId, IReadOnlyList<WaitShown> shown, CancellationToken cancellationToken = default)
    {
        if (sites.TryGet(siteId, out var site))
        {
            await StepAsync(
                site,
                step =>
                {
                    foreach (var each in shown)
                    {
                        SqliteHandlingRows.KeepShown(step.Session, siteId, each, step.Now);
                    }

                    return true;
                },
                cancellationToken);
        }
    }

    private async Task ForCustomersAsync(
        string siteId, IReadOnlyList<string> customerIds, Action<SqliteRoutingStep, string> act, CancellationToken cancellationToken)
    {
        if (!sites.TryGet(siteId, out var site))
        {
            return;
        }

        foreach (var some in customerIds.Chunk(AtOnce))
        {
            await StepAsync(
                site,
                step =>
                {
                    Array.ForEach(some, customerId => act(step, customerId));
                    return true;
                },
                cancellationToken);
        }
    }

    private Task<Outcome<T>> DecideAsync<T>(string siteId, Func<SqliteRoutingStep, Outcome<T>> decide, CancellationToken cancellationToken)
        where T : notnull =>
        sites.TryGet(siteId, out var site)
            ? StepAsync(site, decide, cancellationToken)
            : Task.FromResult<Outcome<T>>(RoutingRefusals.NotFound);

    private Task<T> StepAsync<T>(Site site, Func<SqliteRoutingStep, T> work, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                // The moment is the step's own, not the call's: steps that had to wait for their turn follow each other in time too.
                var step = new SqliteRoutingStep(session, site, clock.GetUtcNow());
                var result = work(step);
                if (step.IsChanged)
                {
                    session.AfterCommit(() => feed.Changed(site.Id));
                }

                return result;
            },
            cancellationToken);

    private Task<T> ReadAsync<T>(Func<SqliteSession, T> read) => Task.FromResult(database.Read(read));

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
