using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>What a customer filled in to be called, checked and cleaned.</summary>
/// <param name="ContactId">The chat that is to become the call-back.</param>
internal sealed record CallbackForm(NewCallback Wanted, PhoneNumber Number, string? ContactId)
{
    /// <summary>Refusals: <c>invalid</c>, <c>too_large</c>.</summary>
    public static Outcome<CallbackForm> Read(Caller caller, Site site, RequestCallbackRequest request)
    {
        var fields = new RequestFields();
        fields.Id(request.RequestId, "requestId");
        fields.OptionalOpaqueId(request.ContactId, "contactId");
        var topic = fields.Line(request.Topic, "topic");
        var note = fields.OptionalText(request.Note, "note");
        var customer = ReadCustomer(fields, caller, request);
        if (fields.Refusal is { } refusal)
        {
            return refusal;
        }

        var number = site.Callbacks.Phones.Read(request.Phone);
        if (!number.IsAccepted)
        {
            return number.Refusal;
        }

        var wanted = new NewCallback(
            request.RequestId, site.Id, customer, topic, number.Value.ToE164(), note, request.When?.ToUniversalTime())
        {
            Attributes = caller.Attributes,
        };
        return new CallbackForm(wanted, number.Value, request.ContactId);
    }

    public SwitchToCallbackCommand ToSwitch(string chatId) =>
        new(Wanted.RequestId, Wanted.SiteId, chatId, Wanted.Customer.CustomerId, Wanted.Phone, Wanted.Note, Wanted.When);

    /// <summary>The name that the shop signed stands; nobody may type over it.</summary>
    private static CustomerInfo ReadCustomer(RequestFields fields, Caller caller, RequestCallbackRequest request)
    {
        var name = fields.OptionalLine(request.Name, "name", Limits.NameLength);
        return new CustomerInfo(
            caller.Id, caller.IsVerified, caller.IsVerified ? caller.Name : name, caller.IsVerified ? caller.Email : null, caller.Locale);
    }
}
