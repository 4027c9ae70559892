using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Relaying;

/// <summary>
/// A browser that shows its page. It keeps the product's rules of sending: what is due goes at once, as much as one call may hold, unless as many calls as may be are unanswered; then it waits for an answer. Thread-safe.
/// </summary>
internal sealed class ShowingCustomer(Recording recording, FrameLedger ledger, RelaySteps steps) : IHubReceiver, IAnswerReceiver
{
    private readonly Lock _gate = new();
    private readonly Queue<Frame> _waiting = [];
    private int _next;
    private int _unanswered;

    /// <summary>Both set once, before the first frame.</summary>
    public LoadHub? Hub { get; set; }

    public string SessionId { get; set; } = "";

    /// <summary>The next frame of the recording.</summary>
    public void ShowNext(long intended)
    {
        lock (_gate)
        {
            var frame = recording.Frames[_next];
            _next = (_next + 1) % recording.Frames.Count;
            var seq = ledger.Show(frame, intended);
            steps.Bytes.AddAt(intended, frame.Bytes);
            for (var part = 0; part < frame.Pieces.Count; part++)
            {
                _waiting.Enqueue(new Frame(seq, frame.IsKeyframe, part, frame.Pieces.Count, frame.Pieces[part]));
            }

            SendWaiting();
        }
    }

    public void KeepAlive() => Hub!.Post(nameof(ICoBrowseHub.KeepAlive), new KeepAliveRequest(SessionId, Active: true), steps.Unawaited);

    public void Point(long intended) =>
        Hub!.Post(nameof(ICoBrowseHub.PublishPointer), new PublishPointerRequest(SessionId, 200 + (intended % 400), 300, 0, 120), new TimedAnswer(steps.Pointer, intended));

    public void Answered(HubDialect dialect, ReadOnlySpan<byte> body)
    {
        ledger.Take(dialect.Read<PublishFramesResult>(body).Acknowledged, steps.Taken.Ok);
        lock (_gate)
        {
            _unanswered--;
            SendWaiting();
        }
    }

    /// <summary>A call was refused, or the connection is gone: either is the end of the session, and fails the run.</summary>
    public void Failed(Exception error) => steps.Unawaited.Failed(error);

    public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
    {
        if (target.SequenceEqual("KeyframeRequested"u8))
        {
            steps.KeyframesAsked.Add();
            lock (_gate)
            {
                _next = 0;
            }
        }
        else if (target.SequenceEqual("SessionEnded"u8))
        {
            Failed(new IOException($"A session ended: {hub.Dialect.Read<SessionEndedEvent>(body).Reason}."));
        }
    }

    public void Ended(LoadHub hub, Exception? error)
    {
        if (error is not null)
        {
            Failed(error);
        }
    }

    private void SendWaiting()
    {
        while (_waiting.Count > 0 && _unanswered < Limits.FrameCalls)
        {
            var (pieces, bytes) = (new List<Frame>(1), 0);
            while (_waiting.TryPeek(out var piece) && (bytes += piece.Data.Length) <= Limits.FrameBytes)
            {
                pieces.Add(_waiting.Dequeue());
            }

            _unanswered++;
            Hub!.Post(nameof(ICoBrowseHub.PublishFrames), new PublishFramesRequest(SessionId, pieces), this);
        }
    }
}
