using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;

namespace CoPilot.Specifications.Routing;

/// <summary>The model's customers with connections: leases of their open chats.</summary>
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
