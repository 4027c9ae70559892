using System.Net;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Tests.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>What becomes of a call-back that was asked for: looked at, moved, cancelled, and changed for a chat.</summary>
public sealed class CallbackManagementTests : IAsyncDisposable
{
    private const string Phone = "+31612345678";

    private readonly RoutingBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Token_ManagesTheCallbackFromAnotherDevice_AndShowsItsEndForADay()
    {
        var (status, elsewhere, callbacks) = (await AskAsync("cleo"), Customer("elsewhere"), _bench.Callbacks);
        var token = status.ManageToken;
        var when = _bench.Clock.GetUtcNow().AddMinutes(10);

        Assert.Equal(status with { Callback = null! }, Accepted(await callbacks.GetAsync(elsewhere, new GetCallbackRequest(ManageToken: token))) with { Callback = null! });
        var moved = Accepted(await callbacks.RescheduleAsync(elsewhere, new RescheduleCallbackRequest("m", ManageToken: token, When: when)));
        Assert.Equal((ContactStates.Scheduled, when), (moved.State, moved.DueAt));
        var cancel = new CancelCallbackRequest("x", ManageToken: token);
        Assert.Equal(ContactStates.Closed, Accepted(await callbacks.CancelAsync(elsewhere, cancel)).State);
        Assert.Equal(ContactStates.Closed, Accepted(await callbacks.CancelAsync(elsewhere, cancel)).State);

        Refused(ErrorCodes.NotFound, await callbacks.RescheduleAsync(elsewhere, new RescheduleCallbackRequest("m", ManageToken: token)));
        _bench.Clock.Advance(CallbackService.EndShownFor);
        var over = Accepted(await callbacks.GetAsync(elsewhere, new GetCallbackRequest(ManageToken: token)));
        Assert.Equal((ContactStates.Closed, Reasons.EndedByCustomer, null), (over.State, over.Reason, over.AttemptsLeft));
        _bench.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Refused(ErrorCodes.NotFound, await callbacks.GetAsync(elsewhere, new GetCallbackRequest(ManageToken: token)));
        Refused(ErrorCodes.NotFound, await callbacks.CancelAsync(elsewhere, cancel));
        Assert.Equal(ContactStates.Closed, Accepted(await callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(status.ContactId))).State);
    }

    [Fact]
    public async Task Token_IsToldOfItsCallbackAlone_UntilItsEndIsRead()
    {
        var (status, elsewhere, callbacks) = (await AskAsync("cleo"), Customer("elsewhere"), _bench.Callbacks);
        var request = new GetCallbackRequest(ManageToken: status.ManageToken);
        Refused(ErrorCodes.NotFound, await callbacks.WatchAsync(elsewhere, "e1", new GetCallbackRequest(ManageToken: _bench.Tokens.Of(Shop, "unknown"))));
        Refused(ErrorCodes.NotFound, await callbacks.WatchAsync(elsewhere, "e1", new GetCallbackRequest(status.ContactId)));
        Accepted(await callbacks.WatchAsync(Customer("cleo"), "c1", new GetCallbackRequest(status.ContactId)));
        Accepted(await callbacks.WatchAsync(Customer("cleo"), "c1", request));
        Assert.Empty(_bench.Watchers.Watching);

        Assert.Equal(ContactStates.Waiting, Accepted(await callbacks.WatchAsync(elsewhere, "e1", request)).State);
        Assert.Equal(("e1", status.ContactId), Assert.Single(_bench.Watchers.Watching));

        Accepted(await callbacks.CancelAsync(Customer("cleo"), new CancelCallbackRequest("x", status.ContactId)));
        Assert.Equal(ContactStates.Closed, Accepted(await callbacks.WatchAsync(elsewhere, "e1", request)).State);
        Assert.Empty(_bench.Watchers.Watching);
    }

    [Fact]
    public async Task WhoWatches_HearsOfTheCallback_AndNothingOfTheChatThatItBecomes()
    {
        var status = await AskAsync("cleo");
        var watchers = RecordingNotifier.WatchersOf(status.ContactId);
        await _bench.Outbox.DrainAsync(Shop);
        _bench.Notifier.TakeAll(watchers);

        var chat = Accepted(await _bench.Service.StartChatAsync(
            Customer("cleo"), new StartChatRequest("s", RoutingSites.Orders, ContactId: status.ContactId)));
        await _bench.Outbox.DrainAsync(Shop);
        Accepted(await _bench.Service.EndChatAsync(Customer("cleo"), new EndChatRequest(chat.ConversationId)));
        await _bench.Outbox.DrainAsync(Shop);

        var told = Assert.IsType<ContactChangedEvent>(Assert.Single(_bench.Notifier.TakeAll(watchers)));
        Assert.Equal((ContactStates.Waiting, Reasons.Switched, null), (told.State, told.Reason, told.ConversationId));
    }

    [Fact]
    public async Task Token_OfNothingHere_FindsNothing()
    {
        var status = await AskAsync("cleo");
        foreach (var token in (string[])[_bench.Tokens.Of(RoutingSites.OtherShop, status.ContactId), _bench.Tokens.Of(Shop, "unknown"), "azE.azE"])
        {
            Refused(ErrorCodes.NotFound, await _bench.Callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(ManageToken: token)));
            Refused(ErrorCodes.NotFound, await _bench.Callbacks.CancelAsync(Customer("cleo"), new CancelCallbackRequest("x", ManageToken: token)));
        }

        var otherShop = Customer("cleo") with { SiteId = RoutingSites.OtherShop };
        Refused(ErrorCodes.NotFound, await _bench.Callbacks.GetAsync(otherShop, new GetCallbackRequest(ManageToken: status.ManageToken)));
    }

    [Fact]
    public async Task Strangers_FindNothing()
    {
        var (status, dana, callbacks) = (await AskAsync("cleo"), Customer("dana"), _bench.Callbacks);

        Refused(ErrorCodes.NotFound, await callbacks.GetAsync(dana, new GetCallbackRequest(status.ContactId)));
        Refused(ErrorCodes.NotFound, await callbacks.RescheduleAsync(dana, new RescheduleCallbackRequest("m", status.ContactId)));
        Refused(ErrorCodes.NotFound, await callbacks.CancelAsync(dana, new CancelCallbackRequest("x", status.ContactId)));
        Refused(ErrorCodes.NotFound, await _bench.Service.StartChatAsync(dana, new StartChatRequest("s", RoutingSites.Orders, ContactId: status.ContactId)));
        Assert.Equal(ContactStates.Waiting, Accepted(await callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(status.ContactId))).State);
    }

    [Fact]
    public async Task Requests_NameTheCallbackOnce()
    {
        var (status, cleo, callbacks) = (await AskAsync("cleo"), Customer("cleo"), _bench.Callbacks);

        Refused(ErrorCodes.Invalid, await callbacks.GetAsync(cleo, new GetCallbackRequest()));
        Refused(ErrorCodes.Invalid, await callbacks.GetAsync(cleo, new GetCallbackRequest(status.ContactId, status.ManageToken)));
        Refused(ErrorCodes.Invalid, await callbacks.GetAsync(cleo, new GetCallbackRequest("no id")));
        Refused(ErrorCodes.Invalid, await callbacks.GetAsync(cleo, new GetCallbackRequest(ManageToken: "no token")));
        Refused(ErrorCodes.Invalid, await callbacks.CancelAsync(cleo, new CancelCallbackRequest("not an id", status.ContactId)));
        Refused(ErrorCodes.Invalid, await callbacks.RescheduleAsync(cleo, new RescheduleCallbackRequest("m", status.ContactId, When: DateTimeOffset.MinValue)));
    }

    [Fact]
    public async Task AChat_BecomesACallback_FromItsPlaceAndWithWhatWasSaid()
    {
        var chat = await _bench.StartAsync("cleo", "Where is my order?");
        await _bench.StartAsync("dana");
        var asked = new RequestCallbackRequest("r2", RoutingSites.Orders, Phone, ContactId: chat.ContactId);
        var status = Accepted(await _bench.Callbacks.RequestAsync(Customer("cleo"), asked, IPAddress.Loopback).Within());

        Assert.Equal((chat.ContactId, ContactStates.Waiting, 1), (status.ContactId, status.State, status.Position));
        var anna = await _bench.HaveAgentAsync("anna");
        var accepted = Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(await _bench.OfferIdAsync(anna))));
        Assert.Equal((chat.ConversationId, Phone), (accepted.ConversationId, accepted.Callback?.Phone));
        Assert.Equal("Where is my order?", (await _bench.LogAsync(anna, chat.ConversationId))[0].Text);
        Accepted(await _bench.Service.TransferAsync(anna, new TransferRequest("t", chat.ContactId, RoutingSites.Orders, Note: "Wants a refund")));
        Accepted(await _bench.Callbacks.CancelAsync(Customer("cleo"), new CancelCallbackRequest("x", chat.ContactId)));
        Assert.Equal(ContactStates.Closed, (await _bench.Conversations.FindAsync(chat.ConversationId))?.State);
    }

    [Fact]
    public async Task ACallback_BecomesAChat_FromItsPlace()
    {
        var status = await AskAsync("cleo");
        await _bench.StartAsync("dana");
        var request = new StartChatRequest("s", RoutingSites.Orders, "Chat rather", ContactId: status.ContactId);
        var chat = Accepted(await _bench.Service.StartChatAsync(Customer("cleo"), request));
        await _bench.Outbox.DrainAsync(Shop);

        Assert.Equal((status.ContactId, ContactStates.Waiting, 1), (chat.ContactId, chat.State, chat.Position));
        Assert.Equal(chat, Accepted(await _bench.Service.StartChatAsync(Customer("cleo"), request)));
        Assert.Equal("Chat rather", Assert.Single(await _bench.LogAsync(Customer("cleo"), chat.ConversationId)).Text);
        Refused(ErrorCodes.NotFound, await _bench.Callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(ManageToken: status.ManageToken)));
        Refused(ErrorCodes.Invalid, await _bench.Service.StartChatAsync(Customer("cleo"), request with { ContactId = "not an id" }));
    }

    private async Task<CallbackStatus> AskAsync(string customer) => Accepted(await _bench.Callbacks.RequestAsync(
        Customer(customer), new RequestCallbackRequest("r", RoutingSites.Orders, Phone), IPAddress.Loopback).Within());
}
