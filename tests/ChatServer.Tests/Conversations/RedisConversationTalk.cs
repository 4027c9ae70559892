using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Tests.Redis;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Conversations;

/// <summary>What a customer and an agent say in conversations of a store.</summary>
internal sealed class RedisConversationTalk(IConversationStore store)
{
    public static readonly Participant Customer = new("customer-1", Roles.Customer, "Ada");

    public static readonly Participant Agent = new("agent-1", Roles.Agent, "Grace");

    public static readonly Participant OtherAgent = new("agent-2", Roles.Agent, "Edsger");

    /// <summary>The customer's conversation, served by <see cref="Agent"/>; its log holds one entry, the agent's arrival.</summary>
    public async Task OpenServedAsync(string conversationId)
    {
        await store.CreateAsync(new NewConversation(
            conversationId, "demo", "contact-of-" + conversationId, new CustomerInfo(Customer.ParticipantId, Verified: false, Customer.Name))).Within();
        Assert.True(await ServeAsync(conversationId, Agent, fence: 1));
    }

    public Task<bool> ServeAsync(string conversationId, Participant agent, long fence) => store.ApplyAsync(new ConversationChange(
        conversationId,
        $"contact:{fence}:{EventCodes.AgentJoined}",
        fence,
        ContactStates.Active,
        new AgentInfo(agent.ParticipantId, agent.Name!),
        KeepsAgent: false,
        EventCodes.AgentJoined,
        Data: null)).Within();

    public async Task<AppendResult> SayAsync(string conversationId, Participant author, string messageId) =>
        (await store.AppendAsync(Message(conversationId, author, messageId)).Within()).Value;

    public async Task<AppendResult> NoteAsync(string conversationId, Participant author, string messageId) => (await store.AppendAsync(
        Message(conversationId, author, messageId) with { Kind = EntryKinds.Note, Audience = Audiences.Agents }).Within()).Value;

    /// <summary>The whole log, as agents see it; a connection may break a little later than what broke it.</summary>
    public async Task<IReadOnlyList<LogEntry>> ReadAsync(string conversationId, Participant agent) =>
        (await RedisCalls.UntilAvailableAsync(() => store.JoinAsync(
            new JoinCommand(conversationId, agent, Epoch: null, AfterSeq: 0, AfterId: null, PageSize: 10_000)))).Value.Messages;

    public static AppendCommand Message(string conversationId, Participant author, string messageId) =>
        new(conversationId, author, messageId, EntryKinds.Text, Audiences.All, "text of " + messageId);
}
