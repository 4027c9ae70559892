namespace CoPilot.CoBrowse.Sessions;

/// <summary>The embedded engine's: there is one node.</summary>
internal sealed class OwnLeaseNews(SessionLeases leases) : ILeaseNews
{
    public string NodeId => "own";

    public Task LoseAsync(string nodeId, string connectionId, string sessionId)
    {
        leases.Lose(connectionId, sessionId);
        return Task.CompletedTask;
    }
}
