using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime;

namespace CoPilot.CoBrowse.Relay;

/// <summary>The half that looks to the agents.</summary>
internal sealed partial class FrameRelay
{
    private readonly List<(FrameWatcher Watcher, long From, long End)> _due = [];

    /// <summary>What was heard of a watcher. False when the relay was removed meanwhile.</summary>
    public bool TryHear(WatcherNote note)
    {
        lock (_gate)
        {
            if (_isRemoved)
            {
                return false;
            }

            switch (note.Deed)
            {
                case WatcherDeed.Watches:
                    FindOrAdd(note);
                    break;
                case WatcherDeed.Leaves:
                    _watchers.RemoveAll(watcher => watcher.ConnectionId == note.ConnectionId);
                    break;
                case WatcherDeed.HasShown:
                    Find(note.ConnectionId)?.Shown(note.Seq);
                    break;
                case WatcherDeed.WantsKeyframe:
                    BeginAnew(FindOrAdd(note), note.Seq);
                    break;
            }

            Settle();
            return true;
        }
    }

    public void Forget(IReadOnlyCollection<string> nodeIds)
    {
        lock (_gate)
        {
            _watchers.RemoveAll(watcher => nodeIds.Contains(watcher.NodeId));
        }
    }

    private FrameWatcher? Find(string connectionId)
    {
        foreach (var watcher in _watchers)
        {
            if (watcher.ConnectionId == connectionId)
            {
                return watcher;
            }
        }

        return null;
    }

    private FrameWatcher FindOrAdd(WatcherNote note)
    {
        if (Find(note.ConnectionId) is { } known)
        {
            return known;
        }

        if (_watchers.Count == RelayLimits.Watchers)
        {
            _watchers.RemoveAt(0);
        }

        var watcher = new FrameWatcher(note.ConnectionId, note.NodeId);
        _watchers.Add(watcher);
        return watcher;
    }

    /// <summary>
    /// Who has not shown the keyframe that is here gets it once more with all that followed. Who has, or was given it at their wish before, needs another: what they
    /// could not go on from would be the same again.
    /// </summary>
    private void BeginAnew(FrameWatcher watcher, long shown)
    {
        if (_buffer.IsWhole && shown < _buffer.FirstSeq && watcher.BegunAnewAt != _buffer.FirstSeq)
        {
            watcher.BeginAnew(_buffer.FirstSeq);
        }
        else
        {
            watcher.Want();
        }
    }

    /// <summary>Sends what is due, and asks for a keyframe if somebody needs one.</summary>
    private void Settle()
    {
        foreach (var watcher in _watchers)
        {
            if (IsLost(watcher) && _buffer.IsWhole && watcher is { WantsKeyframe: false, IsHeld: false })
            {
                if (watcher.Next > 0)
                {
                    _metrics.FramesSkipped(_buffer.FirstSeq - watcher.Next);
                }

                watcher.Next = _buffer.FirstSeq;
            }
        }

        Pump();
        AskIfNeeded();
    }

    /// <summary>Its next frame is not kept any more.</summary>
    private bool IsLost(FrameWatcher watcher) => watcher.Next == 0 || watcher.Next < _buffer.FirstSeq;

    private void Pump()
    {
        _due.Clear();
        foreach (var watcher in _watchers)
        {
            var from = watcher.Next;
            while (watcher.HasRoom && _buffer.Has(watcher.Next))
            {
                watcher.Sent(_buffer[watcher.Next]);
            }

            if (watcher.Next > from)
            {
                _due.Add((watcher, from, watcher.Next));
            }
        }

        // Those who get the same get it in one send, which is written once for all of them.
        for (var i = 0; i < _due.Count; i++)
        {
            var (_, from, end) = _due[i];
            var receivers = new List<FrameWatcher>(_due.Count) { _due[i].Watcher };
            for (var j = _due.Count - 1; j > i; j--)
            {
                if (_due[j].From == from && _due[j].End == end)
                {
                    receivers.Add(_due[j].Watcher);
                    _due.RemoveAt(j);
                }
            }

            Send(receivers, from, end);
        }
    }

    private void Send(List<FrameWatcher> receivers, long from, long end)
    {
        var connectionIds = new string[receivers.Count];
        for (var i = 0; i < connectionIds.Length; i++)
        {
            connectionIds[i] = receivers[i].ConnectionId;
        }

        var (pieces, bytes) = (new List<Frame>(), 0);
        for (var seq = from; seq < end; seq++)
        {
            foreach (var piece in _buffer[seq].Pieces)
            {
                if (pieces.Count > 0 && bytes + piece.Data.Length > Limits.FrameBytes)
                {
                    Send(receivers, connectionIds, pieces);
                    (pieces, bytes) = ([], 0);
                }

                pieces.Add(piece);
                bytes += piece.Data.Length;
            }
        }

        Send(receivers, connectionIds, pieces);
        _metrics.FramesPassedOn((end - from) * receivers.Count);
    }

    private void Send(List<FrameWatcher> receivers, string[] connectionIds, List<Frame> pieces)
    {
        var sending = _sender.SendAsync(connectionIds, new FramesEvent(_sessionId, pieces));
        if (!sending.IsCompletedSuccessfully)
        {
            _ = HoldIfLostAsync(sending, receivers);
        }
    }

    /// <summary>Who may have a hole begins anew a moment later, from what is kept if that is enough.</summary>
    private async Task HoldIfLostAsync(Task sending, List<FrameWatcher> receivers)
    {
        try
        {
            await sending;
        }
        catch (StoreUnavailableException error)
        {
            CoBrowseLog.NoticeLost(_logger, error);
            lock (_gate)
            {
                foreach (var watcher in receivers)
                {
                    watcher.Forget();
                    (watcher.Next, watcher.IsHeld) = (0, true);
                }

                _timer.Change(RelayLimits.AskEvery, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
