using System.Text.Json;
using CoPilot.Realtime.Outcomes;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>Calls about call-backs.</summary>
internal sealed partial class RedisContactQueue
{
    public async Task<Outcome<Contact>> RequestCallbackAsync(NewCallback callback, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(callback.SiteId) is not { } site)
        {
            return RoutingRefusals.NotFound;
        }

        var queue = site.Site.FindTopic(callback.Topic) is { } topic ? site.Site.SettingsOf(topic.Queue) : null;
        var reply = await StepAsync(
            RedisRoutingScripts.RequestCallback,
            site,
            [
                callback.Customer.CustomerId, callback.RequestId, NewId(), NewId(), queue?.Name ?? "", queue?.MaximumLength ?? 0,
                JsonSerializer.SerializeToUtf8Bytes(callback.Customer, RoutingJson.Default.CustomerInfo), callback.Topic, callback.Phone, callback.Note ?? "",
                MillisecondsOf(callback.When), callback.When is { } when && queue?.Hours.IsOpenAt(when) == true ? 1 : 0,
                queue?.HeadStartOf(callback.Topic, callback.Customer.Verified, callback.Attributes) ?? 0,
            ],
            cancellationToken);
        return reply.ToContact(site);
    }

    public Task<Outcome<Contact>> RescheduleCallbackAsync(RescheduleCallbackCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(
            RedisRoutingScripts.RescheduleCallback,
            command.SiteId,
            RoutingRefusals.NotFound,
            [command.CustomerId, command.ContactId, MillisecondsOf(command.When), QueuesAt(command.SiteId, command.When)],
            cancellationToken);

    public Task<Outcome<Contact>> SwitchToCallbackAsync(SwitchToCallbackCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(
            RedisRoutingScripts.SwitchToCallback,
            command.SiteId,
            RoutingRefusals.NotFound,
            [
                command.CustomerId, command.RequestId, command.ContactId, command.Phone, command.Note ?? "", MillisecondsOf(command.When),
                QueuesAt(command.SiteId, command.When),
            ],
            cancellationToken);

    public Task<Outcome<Contact>> SwitchToChatAsync(SwitchToChatCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(
            RedisRoutingScripts.SwitchToChat,
            command.SiteId,
            RoutingRefusals.NotFound,
            [command.CustomerId, command.RequestId, command.ContactId, QueuesAt(command.SiteId, when: null)],
            cancellationToken);

    public Task<Outcome<Contact>> CompleteCallbackAsync(CompleteCallbackCommand command, CancellationToken cancellationToken = default)
    {
        RoutingRules.CheckOutcome(command.Outcome);
        return DecideAsync(
            RedisRoutingScripts.CompleteCallback,
            command.SiteId,
            RoutingRefusals.NotActive,
            [command.AgentId, command.RequestId, command.ContactId, command.Outcome, command.Note ?? ""],
            cancellationToken);
    }

    /// <summary>Of each queue whether it is open at that time, and its greatest length: in which of them the contact is the script alone knows.</summary>
    private RedisValue QueuesAt(string siteId, DateTimeOffset? when)
    {
        var queues = (_sites.Find(siteId)?.Site.Queues ?? []).ToDictionary(
            queue => queue.Name,
            queue => new[] { when is { } moment && queue.Hours.IsOpenAt(moment) ? 1 : 0, queue.MaximumLength },
            StringComparer.Ordinal);
        return JsonSerializer.SerializeToUtf8Bytes(queues, RoutingJson.Default.DictionaryStringInt32Array);
    }
}
