namespace CoPilot.ChatServer.Routing;

/// <summary>Times that are the same for every queue.</summary>
public static class RoutingRules
{
    /// <summary>How long somebody who declined, missed or passed on a contact is no match for it at all.</summary>
    public static readonly TimeSpan PassedOverFor = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection counts without being renewed: a node that died loses its agents after this, and their grace begins.</summary>
    public static readonly TimeSpan PresenceLease = TimeSpan.FromSeconds(60);

    /// <summary>A third of the lease, so that one lost renewal does not cost an agent.</summary>
    public static readonly TimeSpan PresenceRenewal = TimeSpan.FromSeconds(20);
}
