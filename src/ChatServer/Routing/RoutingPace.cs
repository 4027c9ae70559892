namespace CoPilot.ChatServer.Routing;

/// <summary>For how long this node may rely on being hinted of everything that concerns it.</summary>
/// <param name="LookAgainAfter">After this it looks by itself.</param>
public sealed record RoutingPace(TimeSpan LookAgainAfter)
{
    /// <summary>Every change is this node's own, and its hints are not lost.</summary>
    public static readonly RoutingPace OneNode = new(TimeSpan.MaxValue);

    /// <summary>
    /// Other nodes set timers that nobody hints of, die with effects in the outbox, and hints get lost on the way. A second is the most by which a timer of a node that died is late.
    /// </summary>
    public static readonly RoutingPace SeveralNodes = new(TimeSpan.FromSeconds(1));

    /// <summary>The time to sleep, at most <paramref name="wanted"/>. Spread, so that nodes started together do not all look at the same moments.</summary>
    public TimeSpan Sleep(TimeSpan wanted)
    {
        if (LookAgainAfter == TimeSpan.MaxValue)
        {
            return wanted;
        }

        var longest = LookAgainAfter * (0.75 + (Random.Shared.NextDouble() / 4));
        return wanted < longest ? wanted : longest;
    }
}
