namespace CoPilot.Realtime.Redis;

/// <summary>A connection, or the library's, on which this process hears what is published. Thread-safe.</summary>
internal interface IRedisSource
{
    /// <summary>Whether who hears a message may take their time, because Redis is held back meanwhile; otherwise they take note and return.</summary>
    bool HoldsBack { get; }

    /// <param name="heard">Called with the channel and what was published on it, in that order.</param>
    Task SubscribeAsync(string channel, Action<string, byte[]> heard, CancellationToken deadline);

    /// <summary>Goes ahead of a later subscription on the same connection; nobody waits for it.</summary>
    void Unsubscribe(string channel);
}
