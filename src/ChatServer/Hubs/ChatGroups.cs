namespace CoPilot.ChatServer.Hubs;

/// <summary>Names of the hub's groups.</summary>
internal static class ChatGroups
{
    public static string AgentsOf(string siteId) => "agents:" + siteId;
}
