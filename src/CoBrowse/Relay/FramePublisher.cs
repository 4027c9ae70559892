using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Relay;

/// <summary>
/// One customer's connection and the state of its stream. The hub calls it for one call after the other, in the order in which they came: SignalR begins a
/// connection's next call when the last one has been answered (<c>MaximumParallelInvocationsPerClient</c> is 1). Thread-safe; dispose it.
/// </summary>
internal sealed class FramePublisher(string connectionId, long firstSeq, CheckingBudget budget, TimeProvider clock, CoBrowseMetrics metrics) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FrameIntake _intake = new(SanitizerRules.Default, firstSeq);
    private volatile bool _isOver;
    private volatile bool _mustRestart;
    private bool _isDisposed;

    public string ConnectionId => connectionId;

    public long FirstSeq => firstSeq;

    /// <summary>The last frame that was taken whole, or 0.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Gives the pieces to the intake, and what became of each to the relay, until it says stop. Never while another thread does.</summary>
    /// <returns>How long to wait instead, because too much was to be checked; then no piece was taken.</returns>
    public TimeSpan? Take(IReadOnlyList<Frame> frames, Func<FrameAnswer, KeptFrame?, bool> then)
    {
        TimeSpan? wait;
        lock (_gate)
        {
            wait = budget.FindWait();
            var before = _intake.CheckedBytes;
            for (var i = 0; i < frames.Count && wait is null && !_isOver; i++)
            {
                if (_mustRestart)
                {
                    _mustRestart = false;
                    _intake.Restart();
                }

                var frame = frames[i];
                var began = clock.GetTimestamp();
                var answer = _intake.Take(new FramePart(frame.Seq, frame.Keyframe, frame.Part, frame.Parts, frame.Data));
                if (answer.Verdict == FrameVerdict.Complete)
                {
                    metrics.Checked(clock.GetElapsedTime(began), frame.Keyframe);
                    Acknowledged = _intake.LastSeq;
                }

                if (!then(answer, answer.Verdict == FrameVerdict.Complete ? new KeptFrame(_intake.Completed) : null))
                {
                    break;
                }
            }

            budget.Spend(_intake.CheckedBytes - before);
        }

        DisposeIfOver();
        return wait;
    }

    /// <summary>The next frame has to be a keyframe.</summary>
    public void Restart() => _mustRestart = true;

    /// <summary>Its stream is over. Waits for nobody: who is in the midst of a frame tidies up after it.</summary>
    public void Dispose()
    {
        _isOver = true;
        DisposeIfOver();
    }

    private void DisposeIfOver()
    {
        if (!_isOver || !_gate.TryEnter())
        {
            return;
        }

        try
        {
            if (!_isDisposed)
            {
                _intake.Dispose();
                _isDisposed = true;
            }
        }
        finally
        {
            _gate.Exit();
        }
    }
}
