using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Decides who in a queue's line is told their position, and how long it will be, when: the first <see cref="ExactUpTo"/> each time either changed, those behind every
/// <see cref="RoughInterval"/> or on a change of a tenth. Not thread-safe.
/// </summary>
internal sealed class LinePositions(TimeProvider clock)
{
    /// <summary>How far people count places; the wire promises it.</summary>
    public const int ExactUpTo = 20;

    public static readonly TimeSpan RoughInterval = TimeSpan.FromSeconds(15);

    /// <summary>How long it will be changes with time, too, though nothing else does.</summary>
    public static readonly TimeSpan WaitInterval = TimeSpan.FromMinutes(1);

    private Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    /// <summary>Tells those who are to be told now; answers when somebody else is to be, if nothing happens before.</summary>
    /// <param name="waitOf">How long it will be; null where it is not known.</param>
    public TimeSpan? Update(IReadOnlyList<LinePosition> line, Func<LinePosition, WaitRange?> waitOf, Action<LinePosition, WaitRange?> tell)
    {
        var told = new Dictionary<string, Told>(line.Count, StringComparer.Ordinal);
        TimeSpan? next = null;
        foreach (var place in line)
        {
            var known = _told.TryGetValue(place.ContactId, out var last);
            var wait = waitOf(place);
            next = wait is null ? next : Sooner(next, WaitInterval);
            if (known && last.IsStill(place, wait))
            {
                told.Add(place.ContactId, last);
            }
            else if (!known || IsDue(last, place.Position))
            {
                tell(place, wait);
                told.Add(place.ContactId, new Told(place.Position, place.State, wait, clock.GetTimestamp()));
            }
            else
            {
                told.Add(place.ContactId, last);
                next = Sooner(next, RoughInterval - clock.GetElapsedTime(last.At));
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

    private static TimeSpan Sooner(TimeSpan? one, TimeSpan other) => one < other ? one.Value : other;

    private readonly record struct Told(int Position, string State, WaitRange? Wait, long At)
    {
        /// <summary>Of a change of state people are told by others, who may have said another wait.</summary>
        public bool IsStill(LinePosition place, WaitRange? wait) => Position == place.Position && Wait == wait && (wait is null || State == place.State);
    }
}
