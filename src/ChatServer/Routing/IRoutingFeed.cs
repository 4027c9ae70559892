namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Where an engine hints that a site's routing state changed: effects may wait in the outbox, an earlier timer may be due, lines may have moved.
/// Called after the change is durable, possibly on the engine's own thread: an implementation takes note and returns at once. Hints may be
/// lost or doubled.
/// </summary>
public interface IRoutingFeed
{
    void Changed(string siteId);
}
