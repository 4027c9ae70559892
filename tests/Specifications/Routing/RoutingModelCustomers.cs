using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>The model's customers: leases of their open chats, and looks at those who do not answer.</summary>
internal abstract class RoutingModelCustomers(Site site) : RoutingModelCallbacks(site)
{
    public string HoldCustomers(string[] customers)
    {
        foreach (var chat in OpenChats(customers))
        {
            chat.SeenUntil = Now + RoutingRules.CustomerLease;
            SetAway(chat, false);
        }

        return "";
    }

    public string ReleaseCustomers(string[] customers)
    {
        foreach (var chat in OpenChats(customers).Where(chat => !chat.CustomerAway))
        {
            var ends = Now + RoutingRules.CustomerGrace;
            chat.SeenUntil = chat.SeenUntil < ends ? chat.SeenUntil : ends;
        }

        return "";
    }

    /// <summary>Answers how many leases had run out.</summary>
    protected int EndCustomerLeases()
    {
        var ended = Contacts.FindAll(contact => contact.SeenUntil <= Now);
        foreach (var chat in ended)
        {
            chat.SeenUntil = null;
            SetAway(chat, true);
        }

        return ended.Count;
    }

    public string SettleInactivity(ModelContact? contact, long fence, DateTimeOffset? lookAgainAt)
    {
        if (contact?.State != ContactStates.Active || contact.IsCallback || contact.Fence != fence)
        {
            return ErrorCodes.Stale;
        }

        if (lookAgainAt is not null)
        {
            contact.LookAt = lookAgainAt;
            return contact.ToString();
        }

        Close(contact, Reasons.Inactive);
        MakeOffers();
        return contact.ToString();
    }

    protected void WatchInactivity(ModelContact contact)
    {
        if (!contact.IsCallback && Site.FindQueue(contact.Queue)!.Inactivity is { } rule)
        {
            contact.LookAt = Now + rule.WarnAfter;
        }
    }

    /// <summary>Answers how many looks were due; what was to go back to the line before is not looked at.</summary>
    protected int LookAtTheSilent()
    {
        var due = Contacts.FindAll(contact => contact.LookAt <= Now && !(contact.GraceUntil <= contact.LookAt));
        foreach (var contact in due)
        {
            contact.LookAt = null;
            Effects.Add($"silent {contact.Number} {contact.Fence} {Now:HH:mm:ss.fff}");
        }

        return due.Count;
    }

    private List<ModelContact> OpenChats(string[] customers) =>
        [.. customers.SelectMany(customer => Contacts.Where(contact => contact.IsOpen && !contact.IsCallback && contact.Customer == customer))];

    private void SetAway(ModelContact chat, bool isAway)
    {
        if (chat.CustomerAway != isAway)
        {
            chat.CustomerAway = isAway;
            Effects.Add($"seen {chat.Number} {isAway}");
        }
    }
}
