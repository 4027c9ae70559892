using CoPilot.ChatServer.CoPilot;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Routing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.CoPilot;

/// <summary>Anna serves cleo's chat.</summary>
public sealed class CoBrowseAccessTests : IAsyncLifetime
{
    private readonly RoutingBench _bench = new();
    private readonly CoBrowseAccess _access;
    private Caller _anna = null!;
    private StartChatResult _chat = null!;

    public CoBrowseAccessTests() => _access = new CoBrowseAccess(_bench.Queue, _bench.Conversations, _bench.Notifier);

    public async ValueTask InitializeAsync() => (_anna, _chat) = await _bench.HaveActiveAsync("anna", "cleo").Within();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task FindServed_OfTheServingAgent_AnswersTheCustomer()
    {
        Assert.Equal(new ServedContact(_chat.ContactId, "cleo"), await FindServedAsync("anna", _chat.ContactId));
        Assert.Null(await FindServedAsync("bert", _chat.ContactId));
        Assert.Null(await FindServedAsync("anna", "unknown"));
        Assert.Null(await _access.FindServedAsync("elsewhere", "anna", _chat.ContactId).Within());
        Assert.Null(await FindServedAsync("anna", (await _bench.StartAsync("dana").Within()).ContactId));
    }

    [Fact]
    public async Task FindServed_OfAClosedContact_FindsNone()
    {
        await CloseAsync();

        Assert.Null(await FindServedAsync("anna", _chat.ContactId));
    }

    [Fact]
    public async Task MayWatch_OfAContact_IsOnlyForbiddenWhileAnotherServesIt()
    {
        var waiting = (await _bench.StartAsync("dana").Within()).ContactId;

        Assert.True(await MayWatchAsync("anna", _chat.ContactId));
        Assert.False(await MayWatchAsync("bert", _chat.ContactId));
        Assert.True(await MayWatchAsync("anna", waiting));
        Assert.True(await MayWatchAsync("anna", "unknown"));
        await CloseAsync();
        Assert.True(await MayWatchAsync("bert", _chat.ContactId));
    }

    [Fact]
    public async Task TransferredChat_OnceTaken_IsTheFormerAgentsNoMore()
    {
        var bert = await _bench.HaveAgentAsync("bert").Within();
        Accepted(await _bench.Service.TransferAsync(_anna, new TransferRequest("t", _chat.ContactId, AgentId: "bert")).Within());
        Assert.True(await MayWatchAsync("anna", _chat.ContactId));
        Assert.Null(await FindServedAsync("anna", _chat.ContactId));
        Assert.Null(await FindServedAsync("bert", _chat.ContactId));

        Accepted(await _bench.Service.AcceptOfferAsync(bert, new AcceptOfferRequest(await _bench.OfferIdAsync(bert))).Within());

        Assert.False(await MayWatchAsync("anna", _chat.ContactId));
        Assert.True(await MayWatchAsync("bert", _chat.ContactId));
        Assert.Null(await FindServedAsync("anna", _chat.ContactId));
        Assert.Equal("cleo", (await FindServedAsync("bert", _chat.ContactId))?.CustomerId);
        await AssertRefusedAsync(Invitation());
        Accepted(await _access.InviteAsync(Invitation() with { AgentId = "bert" }).Within());
    }

    [Fact]
    public async Task Invite_OfTheServingAgent_TellsTheCustomer()
    {
        Accepted(await _access.InviteAsync(Invitation()).Within());
        Accepted(await _access.InviteAsync(Invitation() with { ContactId = _chat.ContactId, Code = "other" }).Within());

        Assert.Equal(
            [new CoPilotInvitedEvent(_chat.ConversationId, "s1", "code", 90), new CoPilotInvitedEvent(_chat.ConversationId, "s1", "other", 90)], Invited());
    }

    [Fact]
    public async Task Invite_IntoAnyOtherConversation_IsNotFoundAndToldToNobody()
    {
        await AssertRefusedAsync(Invitation() with { ConversationId = "unknown" });
        await AssertRefusedAsync(Invitation() with { SiteId = "elsewhere" });
        await AssertRefusedAsync(Invitation() with { AgentId = "bert" });
        await AssertRefusedAsync(Invitation() with { ContactId = "another" });
        await CloseAsync();
        await AssertRefusedAsync(Invitation());
    }

    private Invitation Invitation() => new(Shop, "anna", _chat.ConversationId, "s1", "code", TimeSpan.FromSeconds(90), ContactId: null);

    private Task<ServedContact?> FindServedAsync(string agentId, string contactId) => _access.FindServedAsync(Shop, agentId, contactId).Within();

    private Task<bool> MayWatchAsync(string agentId, string contactId) => _access.MayWatchAsync(Shop, agentId, contactId).Within();

    private async Task CloseAsync() => Accepted(await _bench.Service.EndChatAsync(_anna, new EndChatRequest(_chat.ConversationId)).Within());

    private async Task AssertRefusedAsync(Invitation invitation)
    {
        Refused(ErrorCodes.NotFound, await _access.InviteAsync(invitation).Within());
        Assert.Empty(Invited());
    }

    private List<CoPilotInvitedEvent> Invited() => [.. _bench.Notifier.TakeAll("cleo").OfType<CoPilotInvitedEvent>()];
}
