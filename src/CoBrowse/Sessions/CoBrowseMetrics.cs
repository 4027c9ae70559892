using System.Diagnostics.Metrics;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>Measures of Co-Pilot. Thread-safe.</summary>
public sealed class CoBrowseMetrics
{
    public const string MeterName = "CoPilot.CoBrowse";

    private readonly Counter<long> _issued;
    private readonly Counter<long> _tried;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _framesTaken;
    private readonly Counter<long> _bytesTaken;
    private readonly Counter<long> _framesRefused;
    private readonly Counter<long> _framesThrownAway;
    private readonly Counter<long> _framesThrottled;
    private readonly Counter<long> _framesPassedOn;
    private readonly Counter<long> _framesSkipped;
    private readonly Counter<long> _keyframesAsked;
    private readonly Histogram<double> _checked;
    private readonly Meter _meter;

    public CoBrowseMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MeterName);
        _issued = meter.CreateCounter<long>("copilot.cobrowse.codes_issued", "{code}", "Codes that agents asked for.");
        _tried = meter.CreateCounter<long>("copilot.cobrowse.codes_tried", "{try}", "Codes that customers typed, by outcome: right, wrong, throttled.");
        _ended = meter.CreateCounter<long>("copilot.cobrowse.sessions_ended", "{session}", "Sessions that ended, by reason.");
        _framesTaken = meter.CreateCounter<long>("copilot.cobrowse.frames_taken", "{frame}", "Frames that were whole and accepted.");
        _bytesTaken = meter.CreateCounter<long>("copilot.cobrowse.frame_bytes_taken", "By", "Bytes of those, compressed.");
        _framesRefused = meter.CreateCounter<long>("copilot.cobrowse.frames_refused", "{frame}", "Frames that no honest browser sends, by the sanitizer's reason.");
        _framesThrownAway = meter.CreateCounter<long>(
            "copilot.cobrowse.frames_thrown_away", "{piece}", "Pieces of frames that came while nobody may see the page.");
        _framesThrottled = meter.CreateCounter<long>(
            "copilot.cobrowse.frames_throttled", "{piece}", "Pieces of frames that have to come again, because too much of their session's was to be checked.");
        _framesPassedOn = meter.CreateCounter<long>("copilot.cobrowse.frames_passed_on", "{frame}", "Frames sent to watchers, counted for each.");
        _framesSkipped = meter.CreateCounter<long>("copilot.cobrowse.frames_skipped", "{frame}", "Frames that slow watchers were not sent, counted for each.");
        _keyframesAsked = meter.CreateCounter<long>("copilot.cobrowse.keyframes_asked", "{keyframe}", "Keyframes that customers' browsers were asked for.");
        _checked = meter.CreateHistogram<double>(
            "copilot.cobrowse.frame_check_duration", "s", "How long it took to inflate and check a whole frame, by whether it was a keyframe.");
    }

    internal void Issued() => _issued.Add(1);

    internal void Tried(string outcome) => _tried.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void FrameTaken(int bytes)
    {
        _framesTaken.Add(1);
        _bytesTaken.Add(bytes);
    }

    internal void FramesRefused(string reason) => _framesRefused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    internal void FramesThrownAway(int pieces) => _framesThrownAway.Add(pieces);

    internal void FramesThrottled(int pieces) => _framesThrottled.Add(pieces);

    internal void FramesPassedOn(long frames) => _framesPassedOn.Add(frames);

    internal void FramesSkipped(long frames) => _framesSkipped.Add(frames);

    internal void KeyframeAsked() => _keyframesAsked.Add(1);

    internal void Checked(TimeSpan duration, bool keyframe) =>
        _checked.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("keyframe", keyframe));

    internal void ObserveRelays(Func<int> count) => _meter.CreateObservableUpDownCounter(
        "copilot.cobrowse.relays", count, "{session}", "Sessions whose customer is connected to this node.");

    internal void Ended(string reason) => _ended.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
