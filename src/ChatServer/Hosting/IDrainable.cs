namespace CoPilot.ChatServer.Hosting;

/// <summary>Something with connections of its own that a node which stops must send away first.</summary>
public interface IDrainable
{
    /// <summary>Connections open now.</summary>
    int OpenConnections { get; }

    /// <summary>Tells every connection to come back elsewhere at a random moment within the time given. A hint: it waits for nobody.</summary>
    Task AnnounceAsync(TimeSpan reconnectWithin, CancellationToken cancellationToken);
}
