namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// The connections that are told how a call-back goes because they showed its token, on whichever node they are. One that ends watches nothing any more. Thread-safe; both can be
/// repeated. With the store out of reach: <see cref="Realtime.StoreUnavailableException"/>.
/// </summary>
public interface ICallbackWatchers
{
    /// <summary>What happens to the contact after this has returned is told to the connection.</summary>
    Task AddAsync(string connectionId, string contactId, CancellationToken cancellationToken = default);

    Task RemoveAsync(string connectionId, string contactId, CancellationToken cancellationToken = default);
}
