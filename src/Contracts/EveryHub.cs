namespace CoPilot.Contracts;

/// <summary>The answer of calls that have nothing to say; <c>{}</c> on the wire.</summary>
public sealed record Acknowledged
{
    public static readonly Acknowledged Instance = new();
}

/// <summary>This node shuts down; clients reconnect at a random moment within the time given.</summary>
public sealed record DrainingEvent(int ReconnectWithinSeconds);
