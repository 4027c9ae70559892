using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Routing;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>Passes every call on; a test can come between, and counts.</summary>
internal sealed class ObservedQueue(IContactQueue inner) : IContactQueue
{
    private int _lineReads;
    private int _waitReads;
    private int _siteReads;

    public Func<Task> BeforeRenewal { get; set; } = () => Task.CompletedTask;

    public Action AfterRenewal { get; set; } = () => { };

    public Action AfterDisconnect { get; set; } = () => { };

    public Action BeforeCustomers { get; set; } = () => { };

    public Action AfterCustomers { get; set; } = () => { };

    public Func<Task> BeforeTimers { get; set; } = () => Task.CompletedTask;

    public Action BeforeSite { get; set; } = () => { };

    public int SiteReads => Volatile.Read(ref _siteReads);

    public int LineReads => Volatile.Read(ref _lineReads);

    public int WaitReads => Volatile.Read(ref _waitReads);

    public async Task RenewPresenceAsync(
        string siteId, IReadOnlyList<AgentConnection> connections, CancellationToken cancellationToken = default)
    {
        await BeforeRenewal();
        await inner.RenewPresenceAsync(siteId, connections, cancellationToken);
        AfterRenewal();
    }

    public async Task DisconnectAgentAsync(AgentConnection connection, string siteId, CancellationToken cancellationToken = default)
    {
        await inner.DisconnectAgentAsync(connection, siteId, cancellationToken);
        AfterDisconnect();
    }

    public async Task<TimersFired> FireDueTimersAsync(string siteId, int limit, CancellationToken cancellationToken = default)
    {
        await BeforeTimers();
        return await inner.FireDueTimersAsync(siteId, limit, cancellationToken);
    }

    public Task<IReadOnlyList<LinePosition>> GetLineAsync(string siteId, string queue, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _lineReads);
        return inner.GetLineAsync(siteId, queue, cancellationToken);
    }

    public Task<Outcome<Contact>> EnqueueAsync(NewContact contact, CancellationToken cancellationToken = default) =>
        inner.EnqueueAsync(contact, cancellationToken);

    public Task<Outcome<Contact>> RequestCallbackAsync(NewCallback callback, CancellationToken cancellationToken = default) =>
        inner.RequestCallbackAsync(callback, cancellationToken);

    public Task<Outcome<Contact>> RescheduleCallbackAsync(RescheduleCallbackCommand command, CancellationToken cancellationToken = default) =>
        inner.RescheduleCallbackAsync(command, cancellationToken);

    public Task<Outcome<Contact>> SwitchToCallbackAsync(SwitchToCallbackCommand command, CancellationToken cancellationToken = default) =>
        inner.SwitchToCallbackAsync(command, cancellationToken);

    public Task<Outcome<Contact>> SwitchToChatAsync(SwitchToChatCommand command, CancellationToken cancellationToken = default) =>
        inner.SwitchToChatAsync(command, cancellationToken);

    public Task<IReadOnlyList<SlotCount>> CountSlotsAsync(
        string siteId, string queue, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        inner.CountSlotsAsync(siteId, queue, from, until, cancellationToken);

    public Task<Outcome<Contact>> CompleteCallbackAsync(CompleteCallbackCommand command, CancellationToken cancellationToken = default) =>
        inner.CompleteCallbackAsync(command, cancellationToken);

    public Task<CallHold> HoldCallAsync(
        string siteId, string contactId, long fence, TimeSpan time, CancellationToken cancellationToken = default) =>
        inner.HoldCallAsync(siteId, contactId, fence, time, cancellationToken);

    public Task<CallStatusResult> NoteCallAsync(CallNews news, CancellationToken cancellationToken = default) =>
        inner.NoteCallAsync(news, cancellationToken);

    public Task<Agent> ConnectAgentAsync(AgentProfile profile, string connectionId, CancellationToken cancellationToken = default) =>
        inner.ConnectAgentAsync(profile, connectionId, cancellationToken);

    public Task HoldCustomersAsync(string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken = default)
    {
        BeforeCustomers();
        return inner.HoldCustomersAsync(siteId, customerIds, cancellationToken);
    }

    public async Task ReleaseCustomersAsync(string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken = default)
    {
        await inner.ReleaseCustomersAsync(siteId, customerIds, cancellationToken);
        AfterCustomers();
    }

    public Task<Outcome<Agent>> SetStatusAsync(
        string siteId, string agentId, string status, CancellationToken cancellationToken = default) =>
        inner.SetStatusAsync(siteId, agentId, status, cancellationToken);

    public Task<Outcome<Contact>> AcceptOfferAsync(
        string siteId, string agentId, string offerId, CancellationToken cancellationToken = default) =>
        inner.AcceptOfferAsync(siteId, agentId, offerId, cancellationToken);

    public Task<Outcome<bool>> DeclineOfferAsync(
        string siteId, string agentId, string offerId, CancellationToken cancellationToken = default) =>
        inner.DeclineOfferAsync(siteId, agentId, offerId, cancellationToken);

    public Task<Outcome<Contact>> TransferAsync(TransferCommand command, CancellationToken cancellationToken = default) =>
        inner.TransferAsync(command, cancellationToken);

    public Task<Outcome<Contact>> CloseAsync(CloseCommand command, CancellationToken cancellationToken = default) =>
        inner.CloseAsync(command, cancellationToken);

    public Task<Outcome<bool>> CloseQueueAsync(CloseQueueCommand command, CancellationToken cancellationToken = default) =>
        inner.CloseQueueAsync(command, cancellationToken);

    public Task<Outcome<bool>> OpenQueueAsync(OpenQueueCommand command, CancellationToken cancellationToken = default) =>
        inner.OpenQueueAsync(command, cancellationToken);

    public Task<Outcome<Contact>> SettleInactivityAsync(InactivityCommand command, CancellationToken cancellationToken = default) =>
        inner.SettleInactivityAsync(command, cancellationToken);

    public Task<Outcome<bool>> MoveContactAsync(MoveContactCommand command, CancellationToken cancellationToken = default) =>
        inner.MoveContactAsync(command, cancellationToken);

    public Task<Outcome<bool>> SetHeadStartAsync(SetHeadStartCommand command, CancellationToken cancellationToken = default) =>
        inner.SetHeadStartAsync(command, cancellationToken);

    public Task<IReadOnlyList<RoutingEffect>> ReadEffectsAsync(string siteId, int limit, CancellationToken cancellationToken = default) =>
        inner.ReadEffectsAsync(siteId, limit, cancellationToken);

    public Task<int> CompleteEffectsAsync(string siteId, long upToEffectId, CancellationToken cancellationToken = default) =>
        inner.CompleteEffectsAsync(siteId, upToEffectId, cancellationToken);

    public Task<Contact?> FindContactAsync(string siteId, string contactId, CancellationToken cancellationToken = default) =>
        inner.FindContactAsync(siteId, contactId, cancellationToken);

    public Task<IReadOnlyList<Contact>> ListOpenContactsAsync(
        string siteId, string customerId, CancellationToken cancellationToken = default) =>
        inner.ListOpenContactsAsync(siteId, customerId, cancellationToken);

    public Task<Agent?> FindAgentAsync(string siteId, string agentId, CancellationToken cancellationToken = default) =>
        inner.FindAgentAsync(siteId, agentId, cancellationToken);

    public Task<IReadOnlyList<QueueState>> GetQueuesAsync(string siteId, CancellationToken cancellationToken = default) =>
        inner.GetQueuesAsync(siteId, cancellationToken);

    public Task<IReadOnlyList<Colleague>> ListColleaguesAsync(string siteId, CancellationToken cancellationToken = default) =>
        inner.ListColleaguesAsync(siteId, cancellationToken);

    public Task<WaitFacts> GetWaitsAsync(string siteId, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _waitReads);
        return inner.GetWaitsAsync(siteId, cancellationToken);
    }

    public Task<SiteFacts> GetSiteAsync(
        string siteId, IReadOnlyCollection<string> listed, bool isWatched, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _siteReads);
        BeforeSite();
        return inner.GetSiteAsync(siteId, listed, isWatched, cancellationToken);
    }

    public Task KeepShownWaitsAsync(string siteId, IReadOnlyList<WaitShown> shown, CancellationToken cancellationToken = default) =>
        inner.KeepShownWaitsAsync(siteId, shown, cancellationToken);

    public Task<IReadOnlyList<int?>> GetPositionsAsync(string siteId, IReadOnlyList<string> contactIds, CancellationToken cancellationToken = default) =>
        inner.GetPositionsAsync(siteId, contactIds, cancellationToken);
}
