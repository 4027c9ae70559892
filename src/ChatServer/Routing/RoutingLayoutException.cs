namespace CoPilot.ChatServer.Routing;

/// <summary>What is kept of a site, by routing or of its conversations, was written by a version that keeps it in another way. Nothing was read or written.</summary>
public sealed class RoutingLayoutException(string message) : Exception(message);
