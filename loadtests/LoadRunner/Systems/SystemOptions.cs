namespace CoPilot.LoadRunner.Systems;

/// <summary>How a system is started.</summary>
internal sealed record SystemOptions
{
    /// <summary>Processes of the server. One may mean that there is no Redis.</summary>
    public int Nodes { get; init; } = 2;

    /// <summary>One node too keeps what it knows in Redis; several always do.</summary>
    public bool OnRedis { get; init; }

    public bool IsOnRedis => OnRedis || Nodes > 1;

    public RedisDurability Redis { get; init; } = RedisDurability.None;

    /// <summary>The cores that servers may use, as <c>taskset -c</c> takes them; null is all.</summary>
    public string? Cores { get; init; }
}

internal enum RedisDurability
{
    /// <summary>Nothing is kept on disk.</summary>
    None,

    /// <summary>The append-only file is synced once a second.</summary>
    EverySecond,

    /// <summary>Each write is on disk before it is answered.</summary>
    Always,
}
