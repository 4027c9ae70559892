namespace CoPilot.CoBrowse.Sessions;

/// <summary>Tells the node that holds a connection that this one does not have the session any more. A hint: the next renewal would tell it too.</summary>
public interface ILeaseNews
{
    /// <summary>This node, as leases name it.</summary>
    string NodeId { get; }

    Task LoseAsync(string nodeId, string connectionId, string sessionId);
}
