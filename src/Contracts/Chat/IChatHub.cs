namespace CoPilot.Contracts.Chat;

/// <summary>
/// What clients call on <c>/hubs/chat</c>. Every call takes one request and answers one result, can be repeated safely,
/// and is refused with one of <see cref="ErrorCodes"/>.
/// </summary>
public interface IChatHub : IConversationCalls, ICustomerCalls, IAgentCalls, ISupervisorCalls;

/// <summary>Calls of every member of a conversation.</summary>
public interface IConversationCalls
{
    Task<JoinResult> Join(JoinRequest request);

    Task<Acknowledged> Leave(LeaveRequest request);

    Task<SendResult> Send(SendRequest request);

    Task<Acknowledged> SetTyping(SetTypingRequest request);

    Task<Acknowledged> MarkRead(MarkReadRequest request);

    Task<Acknowledged> EndChat(EndChatRequest request);
}

public interface ICustomerCalls
{
    Task<StartChatResult> StartChat(StartChatRequest request);

    Task<MyContactsResult> MyContacts(MyContactsRequest request);

    Task<CallbackStatus> RequestCallback(RequestCallbackRequest request);

    Task<CallbackStatus> RescheduleCallback(RescheduleCallbackRequest request);

    Task<CallbackStatus> CancelCallback(CancelCallbackRequest request);

    Task<CallbackStatus> GetCallback(GetCallbackRequest request);
}

public interface IAgentCalls
{
    Task<SetStatusResult> SetStatus(SetStatusRequest request);

    Task<AcceptOfferResult> AcceptOffer(AcceptOfferRequest request);

    Task<Acknowledged> DeclineOffer(DeclineOfferRequest request);

    Task<Acknowledged> Transfer(TransferRequest request);

    Task<SendResult> AddNote(AddNoteRequest request);

    Task<GetQueuesResult> GetQueues(GetQueuesRequest request);

    Task<CompleteCallbackResult> CompleteCallback(CompleteCallbackRequest request);
}

/// <summary>Calls of supervisors; to anybody else they are <c>forbidden</c>.</summary>
public interface ISupervisorCalls
{
    Task<Acknowledged> CloseQueue(CloseQueueRequest request);

    Task<Acknowledged> OpenQueue(OpenQueueRequest request);

    Task<Acknowledged> MoveContact(MoveContactRequest request);

    Task<Acknowledged> SetPriority(SetPriorityRequest request);

    Task<SiteOverview> WatchSite(WatchSiteRequest request);

    Task<Acknowledged> UnwatchSite(UnwatchSiteRequest request);
}
