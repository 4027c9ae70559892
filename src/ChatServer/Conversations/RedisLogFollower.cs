namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// What this node has told its members of one conversation, so that it tells them everything in the log's order, whichever way it comes: what was said here by
/// the reply of the script that accepted it, what was said elsewhere by the bus. Thread-safe; it tells inside its lock, which keeps the order and is short
/// because telling never waits.
/// <para>An entry that comes before its predecessors is kept until they are there. One that a join has read is told again where its turn is not over: members
/// recognise it, or learn by its id that theirs is another log.</para>
/// </summary>
internal sealed class RedisLogFollower(IConversationFeed feed)
{
    /// <summary>
    /// Entries kept at most. Predecessors are some milliseconds late at the most, or lost; with more of them missing a member who joins is told the same sooner.
    /// </summary>
    internal const int MostEarly = 128;

    private readonly Lock _gate = new();
    private readonly SortedList<long, EntryAppended> _early = [];

    /// <summary>Members taken away by entries of which a predecessor is missing: until then they are told what was said before.</summary>
    private readonly List<MemberRemoved> _leaving = [];
    private bool _isStarted;
    private bool _hasEnded;
    private long _last;

    /// <summary>Entries up to here were read by a join, or passed over by a repair, and may still come by themselves, late.</summary>
    private long _floor;

    /// <summary>The highest entry that was told; nothing before it is told any more.</summary>
    private EntryAppended? _latest;

    private long Told => _latest?.Entry.Seq ?? 0;

    /// <summary>What became of an entry that this node heard of.</summary>
    public enum Heard
    {
        /// <summary>Told, or of no use to anybody here.</summary>
        InOrder,

        /// <summary>Its predecessors are missing.</summary>
        Early,

        /// <summary>Another entry had its place: the log was cut back, and members here know what is no longer true.</summary>
        Contradicts,
    }

    /// <summary>The highest entry that a member here may know; 0 before the start.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    public bool HasGap
    {
        get
        {
            lock (_gate)
            {
                return _isStarted && _early.Count > 0;
            }
        }
    }

    /// <summary>
    /// The first join has read the log up to <paramref name="lastSeq"/>; what came meanwhile is told now. Later calls change nothing. False when predecessors of
    /// something that came are missing.
    /// </summary>
    public bool Start(long lastSeq)
    {
        lock (_gate)
        {
            if (_isStarted || _hasEnded)
            {
                return true;
            }

            (_isStarted, _last, _floor) = (true, lastSeq, lastSeq);
            TellWhatFollows();
            return _early.Count == 0;
        }
    }

    /// <summary>False when it has started: it goes on.</summary>
    public bool EndUnlessStarted()
    {
        lock (_gate)
        {
            _hasEnded |= !_isStarted;
            return _hasEnded;
        }
    }

    /// <summary>Nothing is told any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }
    }

    public Heard Hear(EntryAppended appended)
    {
        lock (_gate)
        {
            var seq = appended.Entry.Seq;
            if (_hasEnded)
            {
                return Heard.InOrder;
            }

            if (!_isStarted || seq > _last + 1)
            {
                return Keep(appended);
            }

            if (seq <= _last && seq > _floor)
            {
                return Heard.Contradicts;
            }

            if (seq > Told)
            {
                Tell(appended);
                TellWhatFollows();
            }

            return Heard.InOrder;
        }
    }

    public void Hear(MemberRemoved removed)
    {
        lock (_gate)
        {
            if (!_isStarted || removed.Seq <= _last + 1)
            {
                feed.Announce(removed);
            }
            else
            {
                _leaving.Add(removed);
            }
        }
    }

    /// <summary>
    /// The end of the log, told once more because this node may have missed something. What was kept goes first, then this, whatever is missing between:
    /// members see the gap and join.
    /// </summary>
    public void HearAgain(EntryAppended repeated)
    {
        lock (_gate)
        {
            if (_hasEnded || !_isStarted)
            {
                // The join that is under way reads it for itself.
                return;
            }

            TellLeaving(long.MaxValue);
            var seq = repeated.Entry.Seq;
            if (seq < Told || IsLatest(repeated))
            {
                // What was said here since then came by its reply already, and showed whoever lacks this one a gap; or this one came by itself, late.
                return;
            }

            while (_early.Count > 0 && _early.Keys[0] < seq)
            {
                TellFirstEarly();
            }

            _early.Remove(seq);
            _floor = seq > _last ? seq : _floor;
            Tell(repeated);
            TellWhatFollows();
        }
    }

    /// <summary>The very entry and not one in its place, where the log was cut back.</summary>
    private bool IsLatest(EntryAppended repeated) =>
        repeated.Entry.Seq == Told && repeated.Epoch == _latest?.Epoch && repeated.Entry.MessageId == _latest.Entry.MessageId;

    private Heard Keep(EntryAppended appended)
    {
        if (_early.Count == MostEarly)
        {
            // The repair that is due tells the end of the log; the newest stays, so that the gap is seen.
            _early.Clear();
        }

        _early[appended.Entry.Seq] = appended;
        return _isStarted ? Heard.Early : Heard.InOrder;
    }

    private void TellWhatFollows()
    {
        while (_early.Count > 0 && _early.Keys[0] <= _last + 1)
        {
            TellFirstEarly();
        }

        TellLeaving(_last + 1);
    }

    private void TellFirstEarly()
    {
        var first = _early.Values[0];
        _early.RemoveAt(0);
        Tell(first);
    }

    private void Tell(EntryAppended appended)
    {
        var seq = appended.Entry.Seq;
        TellLeaving(seq);
        feed.Announce(appended);
        (_latest, _last) = (appended, Math.Max(_last, seq));
    }

    private void TellLeaving(long seq)
    {
        for (var i = 0; i < _leaving.Count; i++)
        {
            if (_leaving[i].Seq <= seq)
            {
                feed.Announce(_leaving[i]);
                _leaving.RemoveAt(i--);
            }
        }
    }
}
