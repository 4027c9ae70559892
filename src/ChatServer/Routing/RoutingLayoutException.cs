namespace CoPilot.ChatServer.Routing;

/// <summary>What routing keeps of a site was written by a version that keeps it in another way. Nothing was read or written.</summary>
public sealed class RoutingLayoutException(string message) : Exception(message);
