using System.Net;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Supervision;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// <c>/hubs/chat</c>. Holds nothing and decides nothing: each method hands who calls and what they ask to a use case, which
/// checks membership and role again on every call.
/// </summary>
[Authorize]
internal sealed class ChatHub(
    ConversationService conversations, RoutingService routing, CallbackService callbacks, SupervisionService supervision)
    : Hub<IChatClient>, IChatHub
{
    private static readonly object CallerKey = new();

    private Caller Caller => (Caller)Context.Items[CallerKey]!;

    private IPAddress? Address => Context.GetHttpContext()?.Connection.RemoteIpAddress;

    private CancellationToken Gone => Context.ConnectionAborted;

    public override async Task OnConnectedAsync()
    {
        // Read once: a connection ends when its token does.
        Context.Items[CallerKey] = Caller.From(Context.User!);
        if (Caller.IsAgent)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, ChatGroups.AgentsOf(Caller.SiteId), Gone);
            await routing.AgentConnectedAsync(Caller, Context.ConnectionId, Gone).OrRefuse();
        }

        // Last: SignalR reports no disconnect of a connection whose connecting was refused, and nothing would take this back.
        conversations.Connect(Context.ConnectionId);
        if (Caller.IsCustomer)
        {
            routing.CustomerConnected(Caller);
        }
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        await conversations.DisconnectAsync(Context.ConnectionId);
        if (Caller.IsAgent)
        {
            await routing.AgentDisconnectedAsync(Caller, Context.ConnectionId);
        }
        else
        {
            routing.CustomerDisconnected(Caller);
        }
    }

    public Task<JoinResult> Join(JoinRequest request) =>
        conversations.JoinAsync(Caller, Context.ConnectionId, request, Gone).OrRefuse();

    public Task<Acknowledged> Leave(LeaveRequest request) =>
        conversations.LeaveAsync(Context.ConnectionId, request, Gone).OrRefuse();

    public Task<SendResult> Send(SendRequest request) => conversations.SendAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> SetTyping(SetTypingRequest request) => conversations.SetTypingAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> MarkRead(MarkReadRequest request) => conversations.MarkReadAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> EndChat(EndChatRequest request) => routing.EndChatAsync(Caller, request, Gone).OrRefuse();

    public Task<StartChatResult> StartChat(StartChatRequest request) => routing.StartChatAsync(Caller, request, Gone).OrRefuse();

    public Task<MyContactsResult> MyContacts(MyContactsRequest request) => routing.GetMyContactsAsync(Caller, Gone).OrRefuse();

    public Task<CallbackStatus> RequestCallback(RequestCallbackRequest request) =>
        callbacks.RequestAsync(Caller, request, Address, Gone).OrRefuse();

    public Task<CallbackStatus> RescheduleCallback(RescheduleCallbackRequest request) => callbacks.RescheduleAsync(Caller, request, Gone).OrRefuse();

    public Task<CallbackStatus> CancelCallback(CancelCallbackRequest request) => callbacks.CancelAsync(Caller, request, Gone).OrRefuse();

    public Task<CallbackStatus> GetCallback(GetCallbackRequest request) =>
        callbacks.WatchAsync(Caller, Context.ConnectionId, request, Gone).OrRefuse();

    public Task<SetStatusResult> SetStatus(SetStatusRequest request) => routing.SetStatusAsync(Caller, request, Gone).OrRefuse();

    public Task<AcceptOfferResult> AcceptOffer(AcceptOfferRequest request) => routing.AcceptOfferAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> DeclineOffer(DeclineOfferRequest request) => routing.DeclineOfferAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> Transfer(TransferRequest request) => routing.TransferAsync(Caller, request, Gone).OrRefuse();

    public Task<SendResult> AddNote(AddNoteRequest request) => conversations.AddNoteAsync(Caller, request, Gone).OrRefuse();

    public Task<GetQueuesResult> GetQueues(GetQueuesRequest request) => routing.GetQueuesAsync(Caller, Gone).OrRefuse();

    public Task<CompleteCallbackResult> CompleteCallback(CompleteCallbackRequest request) =>
        callbacks.CompleteAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> CloseQueue(CloseQueueRequest request) => supervision.CloseQueueAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> OpenQueue(OpenQueueRequest request) => supervision.OpenQueueAsync(Caller, request, Gone).OrRefuse();

    public Task<Acknowledged> MoveContact(MoveContactRequest request) => supervision.MoveContactAsync(Caller, request, Gone).OrRefuse();

    public Task<SiteOverview> WatchSite(WatchSiteRequest request) =>
        supervision.WatchSiteAsync(Caller, Context.ConnectionId, request, Gone).OrRefuse();

    public Task<Acknowledged> UnwatchSite(UnwatchSiteRequest request) =>
        Task.FromResult(supervision.UnwatchSite(Caller, Context.ConnectionId)).OrRefuse();

    public Task<Acknowledged> SetPriority(SetPriorityRequest request) => supervision.SetPriorityAsync(Caller, request, Gone).OrRefuse();
}
