using CoPilot.Contracts.CoBrowse;

namespace CoPilot.LoadRunner.Scenarios.Relaying;

/// <summary>
/// What one session showed, and what its agent saw of it, so that no frame is lost, doubled, out of order or changed unseen. One customer writes and one agent reads. Thread-safe.
/// </summary>
internal sealed class FrameLedger
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Seq, long Intended)> _untaken = [];
    private readonly Dictionary<long, (RecordedFrame Frame, long Intended)> _unseen = [];
    private long _lastSeen;
    private int _nextPart;

    public long Shown { get; private set; }

    public long Seen { get; private set; }

    public long Doubled { get; private set; }

    public long Reordered { get; private set; }

    /// <summary>Pieces that are not what was shown.</summary>
    public long Changed { get; private set; }

    public bool IsComplete
    {
        get
        {
            lock (_gate)
            {
                return Shown == Seen && _untaken.Count == 0;
            }
        }
    }

    /// <summary>The next frame of the session; answers its number.</summary>
    public long Show(RecordedFrame frame, long intended)
    {
        lock (_gate)
        {
            Shown++;
            _untaken.Enqueue((Shown, intended));
            _unseen.Add(Shown, (frame, intended));
            return Shown;
        }
    }

    /// <summary>The server has taken all up to this one. Tells of each that was not known to be taken when it was to be shown.</summary>
    public void Take(long acknowledged, Action<long> tell)
    {
        lock (_gate)
        {
            while (_untaken.TryPeek(out var next) && next.Seq <= acknowledged)
            {
                tell(_untaken.Dequeue().Intended);
            }
        }
    }

    /// <summary>The agent got a piece. Answers when its frame was to be shown, once that is there as a whole.</summary>
    public long? See(Frame piece)
    {
        lock (_gate)
        {
            if (!_unseen.TryGetValue(piece.Seq, out var shown))
            {
                Doubled++;
                return null;
            }

            if (piece.Seq < _lastSeen || piece.Part != _nextPart)
            {
                Reordered++;
            }

            if (piece.Parts != shown.Frame.Pieces.Count || piece.Part >= piece.Parts || !piece.Data.Span.SequenceEqual(shown.Frame.Pieces[piece.Part]))
            {
                Changed++;
            }

            if (piece.Part < piece.Parts - 1)
            {
                _nextPart = piece.Part + 1;
                return null;
            }

            _unseen.Remove(piece.Seq);
            (_lastSeen, _nextPart) = (Math.Max(_lastSeen, piece.Seq), 0);
            Seen++;
            return shown.Intended;
        }
    }
}
