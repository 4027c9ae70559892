using System.Globalization;
using System.Text.Json;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Reads effects from the outbox's stream. An entry holds what was true at its step; what never changes of a contact comes beside it. An effect's number is
/// the second part of its stream id; the first is 0.
/// </summary>
internal static class RedisOutbox
{
    public static string StreamIdAfter(long effectId) => string.Create(CultureInfo.InvariantCulture, $"0-{effectId + 1}");

    public static List<RoutingEffect> Read(RedisReply entries, RedisReply contacts, RedisRoutingSite site)
    {
        var known = new Dictionary<string, RedisReply[]>(StringComparer.Ordinal);
        foreach (var contact in (RedisReply[])contacts!)
        {
            var parts = (RedisReply[])contact!;
            known.Add((string)parts[0]!, parts);
        }

        var effects = new List<RoutingEffect>();
        foreach (var entry in (RedisReply[])entries!)
        {
            var items = (RedisReply[])entry!;
            var id = long.Parse(((string)items[0]!).AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);
            effects.Add(new Entry(id, site.Site.Id, Fields((RedisReply[])items[1]!), known).ToEffect());
        }

        return effects;
    }

    private static Dictionary<string, RedisReply> Fields(RedisReply[] pairs)
    {
        var fields = new Dictionary<string, RedisReply>(StringComparer.Ordinal);
        for (var i = 0; i < pairs.Length; i += 2)
        {
            fields.Add((string)pairs[i]!, pairs[i + 1]);
        }

        return fields;
    }

    private sealed record Entry(
        long EffectId, string SiteId, Dictionary<string, RedisReply> Fields, Dictionary<string, RedisReply[]> Contacts)
    {
        public RoutingEffect ToEffect() => Text("effect") switch
        {
            "conversation_opened" => new ConversationOpened(EffectId, SiteId, ToContact().ToConversation()),
            "conversation_changed" => new ConversationChanged(EffectId, SiteId, ToChange(ToContact())),
            "contact_moved" => new ContactMoved(EffectId, SiteId, ToContact(), Text("concerned"), Text("reason"))
            {
                IsFirstTaking = Fields.TryGetValue("first", out var first) && (string?)first == "1",
            },
            "offer_made" => ToOfferMade(ToContact()),
            "call_changed" => new CallChanged(EffectId, SiteId, WithCall(ToContact())),
            "customer_seen" => new CustomerSeen(EffectId, SiteId, ToContact()),
            "inactivity_due" => new InactivityDue(EffectId, SiteId, ToContact(), Moment("at")!.Value),
            "offer_ended" => new OfferEnded(EffectId, SiteId, Text("agent")!, Text("offer")!, Text("reason")!),
            "agent_status_changed" => new AgentStatusChanged(EffectId, SiteId, Text("agent")!, Text("status")!, Text("reason")!),
            var effect => throw new InvalidOperationException($"No such effect: {effect}"),
        };

        private Contact ToContact()
        {
            var parts = Contacts[Text("contact")!];
            return new Contact(
                ContactId: (string)parts[0]!,
                RequestId: (string)parts[1]!,
                SiteId: SiteId,
                Kind: Text("kind")!,
                ConversationId: (string)parts[3]!,
                Customer: RedisRoutingReplies.ReadCustomer(parts[4]),
                Queue: Text("queue")!,
                Topic: (string)parts[5]!,
                Text: (string?)parts[6],
                State: Text("state")!,
                ArrivedAt: RedisRoutingReplies.ReadMoment(parts[7])!.Value,
                Fence: (long)Fields["fence"],
                Agent: Text("agent") is { } agentId ? new AgentInfo(agentId, (string)Fields["agent_name"]!) : null,
                AcceptedAt: Moment("accepted_at"))
            {
                HasConversation = (string?)parts[8] != "0",
                CustomerAway = Text("away") == "1",
                Callback = Text("kind") == ContactKinds.Callback
                    ? RedisRoutingReplies.ReadCallback(parts[9], parts[10], Fields["due_at"], Fields["attempts"])
                    : null,
                Shown = RedisWaitReplies.ReadShown(Fields.GetValueOrDefault("shown")),
            };
        }

        private Contact WithCall(Contact contact) =>
            contact with { Callback = contact.Callback! with { Call = CallProgress.Read(Text("call_state"), contact.Fence, contact.State) } };

        private ConversationChange ToChange(Contact contact)
        {
            var code = Text("code")!;
            return new ConversationChange(
                contact.ConversationId,
                $"{contact.ContactId}:{contact.Fence}:{code}",
                contact.Fence,
                contact.State,
                Text("joins") == "1" ? contact.Agent : null,
                KeepsAgent: Text("keeps") == "1",
                code,
                ToData());
        }

        /// <summary>Written as a list, because names and values of a Lua table come in no order.</summary>
        private Dictionary<string, string> ToData()
        {
            var pairs = JsonSerializer.Deserialize((byte[])Fields["data"]!, RoutingJson.Default.StringArray)!;
            return pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        }

        private OfferMade ToOfferMade(Contact contact) => new(
            EffectId, SiteId, contact.Agent!, new Offer(Text("offer")!, contact, Moment("offered_at")!.Value, Moment("expires_at")!.Value));

        private string? Text(string field) => RedisRoutingReplies.ReadText(Fields[field]);

        private DateTimeOffset? Moment(string field) => RedisRoutingReplies.ReadMoment(Fields[field]);
    }
}
