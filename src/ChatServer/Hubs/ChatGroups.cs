namespace CoPilot.ChatServer.Hubs;

/// <summary>Names of the hub's groups.</summary>
internal static class ChatGroups
{
    public static string AgentsOf(string siteId) => "agents:" + siteId;

    /// <summary>Who looks at the call-back by its token. Contacts' ids are the same on no two sites.</summary>
    public static string WatchersOf(string contactId) => "callback:" + contactId;
}
