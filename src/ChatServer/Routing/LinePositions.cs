namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Decides who in a queue's line is told their position when: the first <see cref="ExactUpTo"/> each time it changed, those behind every
/// <see cref="RoughInterval"/> or on a change of a tenth. Not thread-safe.
/// </summary>
internal sealed class LinePositions(TimeProvider clock)
{
    /// <summary>How far people count places; the wire promises it.</summary>
    public const int ExactUpTo = 20;

    public static readonly TimeSpan RoughInterval = TimeSpan.FromSeconds(15);

    private Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    /// <summary>Tells those who are to be told now; answers when somebody else is to be, if nothing happens before.</summary>
    public TimeSpan? Update(IReadOnlyList<LinePosition> line, Action<LinePosition> tell)
    {
        var told = new Dictionary<string, Told>(line.Count, StringComparer.Ordinal);
        TimeSpan? next = null;
        foreach (var place in line)
        {
            var known = _told.TryGetValue(place.ContactId, out var last);
            if (known && last.Position == place.Position)
            {
                told.Add(place.ContactId, last);
            }
            else if (!known || IsDue(last, place.Position))
            {
                tell(place);
                told.Add(place.ContactId, new Told(place.Position, clock.GetTimestamp()));
            }
            else
            {
                told.Add(place.ContactId, last);
                var wait = RoughInterval - clock.GetElapsedTime(last.At);
                next = next < wait ? next : wait;
            }
        }

        // Who left the line is forgotten; who comes back is told at once.
        _told = told;
        return next;
    }

    private bool IsDue(Told last, int position) =>
        position <= ExactUpTo
        || Math.Abs(position - last.Position) * 10 >= last.Position
        || clock.GetElapsedTime(last.At) >= RoughInterval;

    private readonly record struct Told(int Position, long At);
}
