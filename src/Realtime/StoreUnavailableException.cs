namespace CoPilot.Realtime;

/// <summary>A store is out of reach and the outcome of the call is unknown. Clients are answered <c>unavailable</c> and repeat with the same id.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
