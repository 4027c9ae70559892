using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Relay;
using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Tests.Frames;
using CoPilot.CoBrowse.Tests.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime;
using CoPilot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoPilot.CoBrowse.Tests.Relay;

/// <summary>One node's relays, a customer's browser, and whatever agents' connections were sent.</summary>
internal sealed class RelayWorld : IFrameSender, IDisposable
{
    public const string Session = "s1";
    public const string Tab = "tab";

    private readonly SessionLeases _leases;
    private readonly Dictionary<string, List<Frame>> _pieces = new(StringComparer.Ordinal);

    public RelayWorld()
    {
        _leases = new SessionLeases(Clock);
        Relays = new FrameRelays(_leases, this, Clock, new CoBrowseMetrics(new TestMeters()), NullLogger<FrameRelays>.Instance);
    }

    public ManualTimeProvider Clock { get; } = new();

    public FrameRelays Relays { get; }

    public FrameWriter Browser { get; } = new();

    /// <summary>Every send, in order.</summary>
    public List<(IReadOnlyList<string> To, FramesEvent Frames)> Sends { get; } = [];

    public List<(IReadOnlyList<string> To, PointerMovedEvent Moved)> Moves { get; } = [];

    /// <summary>Connections that were asked for a keyframe.</summary>
    public List<string> Asked { get; } = [];

    public bool IsBackplaneAway { get; set; }

    /// <summary>The browser's, on which it publishes.</summary>
    public string Connection { get; set; } = Tab;

    public static CoBrowseSession Document(string state = SessionStates.Live, bool inScope = true, int resumes = 0, string connectionId = Tab) =>
        SampleSession.Issued with
        {
            State = state,
            Resumes = resumes,
            Lease = new SessionLease(connectionId, "node", DateTimeOffset.UnixEpoch),
            Page = new WatchedPage(inScope, inScope ? "/" : null),
        };

    /// <summary>The store says that the session stands like this, and that this connection has it.</summary>
    public void Confirm(CoBrowseSession session) => _leases.Confirm(session.Lease!.ConnectionId, session, _leases.Ask());

    public void Lose(string connectionId = Tab) => _leases.Lose(connectionId, Session);

    public PublishedFrames Publish(IEnumerable<FramePart> parts, string? connectionId = null)
    {
        var answer = default(PublishedFrames);
        foreach (var part in parts)
        {
            answer = Relays.Take(Session, connectionId ?? Connection, [new Frame(part.Seq, part.Keyframe, part.Part, part.Parts, part.Data)]);
        }

        return answer;
    }

    public PublishedFrames Keyframe(string body = "") => Publish(Browser.Keyframe(body));

    public void Scroll(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Publish(Browser.Increment(FrameWriter.Scroll(i)));
        }
    }

    public void Hear(WatcherDeed deed, string agent = "agent", long seq = 0) => Relays.Hear(new WatcherNote(deed, Session, agent, "node of " + agent, seq));

    /// <summary>The numbers of the frames that this connection was sent, in order.</summary>
    public long[] SeenBy(string agent) => [.. PiecesOf(agent).Where(piece => piece.Part == piece.Parts - 1).Select(piece => piece.Seq)];

    public IReadOnlyList<Frame> PiecesOf(string agent) => _pieces.GetValueOrDefault(agent) ?? [];

    /// <summary>The last frame that this connection was sent, or 0.</summary>
    public long LastSeenBy(string agent) => PiecesOf(agent) is [.., var last] ? last.Seq : 0;

    Task IFrameSender.SendAsync(IReadOnlyList<string> connectionIds, FramesEvent frames)
    {
        if (IsBackplaneAway)
        {
            return Task.FromException(new StoreUnavailableException("away"));
        }

        Assert.InRange(frames.Frames.Sum(piece => piece.Data.Length), 1, Limits.FrameBytes);
        Sends.Add((connectionIds, frames));
        foreach (var connectionId in connectionIds)
        {
            if (!_pieces.TryGetValue(connectionId, out var pieces))
            {
                _pieces[connectionId] = pieces = [];
            }

            pieces.AddRange(frames.Frames);
        }

        return Task.CompletedTask;
    }

    void IFrameSender.Send(IReadOnlyList<string> connectionIds, PointerMovedEvent moved) => Moves.Add((connectionIds, moved));

    void IFrameSender.Ask(string connectionId, KeyframeRequestedEvent requested) => Asked.Add(connectionId);

    public void Dispose()
    {
        Relays.Dispose();
        Browser.Dispose();
    }
}
