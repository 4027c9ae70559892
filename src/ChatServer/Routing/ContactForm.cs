using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>What a customer filled in to start a chat, checked and cleaned.</summary>
internal static class ContactForm
{
    /// <summary>Refusals: <c>invalid</c>, <c>too_large</c>.</summary>
    public static Outcome<NewContact> Read(Caller caller, StartChatRequest request)
    {
        var fields = new RequestFields();
        fields.Id(request.RequestId, "requestId");
        fields.OptionalOpaqueId(request.ContactId, "contactId");
        var contact = new NewContact(
            request.RequestId,
            caller.SiteId,
            ReadCustomer(fields, caller, request),
            fields.Line(request.Topic, "topic"),
            fields.OptionalText(request.Text, "text"))
        {
            Attributes = caller.Attributes,
        };
        return fields.Refusal is { } refusal ? refusal : contact;
    }

    /// <summary>The name and address that the shop signed stand; nobody may type over them.</summary>
    private static CustomerInfo ReadCustomer(RequestFields fields, Caller caller, StartChatRequest request)
    {
        var name = fields.OptionalLine(request.Name, "name", Limits.NameLength);
        var email = fields.OptionalLine(request.Email, "email", Limits.EmailLength);
        return new CustomerInfo(
            caller.Id,
            caller.IsVerified,
            caller.IsVerified ? caller.Name : name,
            caller.IsVerified ? caller.Email : email,
            caller.Locale,
            ReadPageUrl(fields, request.PageUrl),
            fields.OptionalLine(request.OrderId, "orderId", Limits.NameLength),
            ReadAnswers(fields, request.Answers));
    }

    /// <summary>It becomes a link in the console, so it can only be one that leads to a page.</summary>
    private static string? ReadPageUrl(RequestFields fields, string? given)
    {
        var pageUrl = fields.OptionalLine(given, "pageUrl", Limits.UrlLength);
        if (pageUrl is not null
            && !(Uri.TryCreate(pageUrl, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)))
        {
            fields.Refuse("pageUrl must be the address of a page.");
        }

        return pageUrl;
    }

    private static Dictionary<string, string>? ReadAnswers(RequestFields fields, IReadOnlyDictionary<string, string>? given)
    {
        if (given is null || given.Count == 0)
        {
            return null;
        }

        if (given.Count > Limits.AnswerCount)
        {
            fields.Refuse($"answers may have at most {Limits.AnswerCount} entries.");
            return null;
        }

        var answers = new Dictionary<string, string>();
        foreach (var (question, answer) in given)
        {
            answers[fields.Line(question, "answers")] = fields.OptionalLine(answer, "answers", Limits.AnswerLength) ?? "";
        }

        return answers;
    }
}
