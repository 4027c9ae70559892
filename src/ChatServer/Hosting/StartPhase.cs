namespace CoPilot.ChatServer.Hosting;

/// <summary>Whether the server has come up.</summary>
internal sealed class StartPhase
{
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    public void End() => _isOver = true;
}
