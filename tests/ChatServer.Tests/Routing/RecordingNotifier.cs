using System.Collections.Concurrent;
using System.Threading.Channels;
using CoPilot.ChatServer.Hubs;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>Keeps what each person, or each site's agents, is told. Thread-safe.</summary>
internal sealed class RecordingNotifier : IChatNotifier
{
    private readonly ConcurrentDictionary<string, Channel<object>> _told = new(StringComparer.Ordinal);

    public void ContactChanged(string personId, ContactChangedEvent contact) => Tell(personId, contact);

    public void CallbackChanged(ContactChangedEvent callback) => Tell(WatchersOf(callback.ContactId), callback);

    public void Offered(string agentId, OfferedEvent offer) => Tell(agentId, offer);

    public void OfferWithdrawn(string agentId, OfferWithdrawnEvent offer) => Tell(agentId, offer);

    public void StatusChanged(string agentId, StatusChangedEvent changed) => Tell(agentId, changed);

    public void QueuesChanged(string siteId, QueuesChangedEvent queues) => Tell(siteId, queues);

    public void SiteOverviewChanged(IReadOnlyList<string> connectionIds, SiteOverview overview)
    {
        foreach (var connectionId in connectionIds)
        {
            Tell(connectionId, overview);
        }
    }

    public void CoPilotInvited(string customerId, CoPilotInvitedEvent invited) => Tell(customerId, invited);

    /// <summary>In place of a person: who looks at the call-back by its token.</summary>
    public static string WatchersOf(string contactId) => "watchers:" + contactId;

    /// <summary>The next thing this person is told, which must be of this kind.</summary>
    public async Task<T> NextAsync<T>(string id) => Assert.IsType<T>(await Of(id).Reader.ReadAsync().AsTask().Within());

    public bool IsSilent(string id) => !Of(id).Reader.TryPeek(out _);

    /// <summary>Everything told and not asked for yet.</summary>
    public List<object> TakeAll(string id)
    {
        var told = new List<object>();
        while (Of(id).Reader.TryRead(out var each))
        {
            told.Add(each);
        }

        return told;
    }

    private void Tell(string id, object what) => Of(id).Writer.TryWrite(what);

    private Channel<object> Of(string id) => _told.GetOrAdd(id, _ => Channel.CreateUnbounded<object>());
}
