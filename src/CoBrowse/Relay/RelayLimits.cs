namespace CoPilot.CoBrowse.Relay;

/// <summary>What the relay keeps and sends ahead. <c>docs/cobrowse-frames.md</c> says where the figures come from.</summary>
internal static class RelayLimits
{
    /// <summary>Frames that a watcher may be sent before it has acknowledged the first of them.</summary>
    public const int WindowFrames = 64;

    /// <summary>With so many bytes not acknowledged, a watcher is sent no further frame.</summary>
    public const int WindowBytes = 256 * 1024;

    /// <summary>Frames that are kept behind a keyframe, for whoever comes late or falls behind.</summary>
    public const int KeptFrames = 600;

    /// <summary>Bytes of those.</summary>
    public const int KeptBytes = 256 * 1024;

    /// <summary>Connections that watch one session; with one more, the first is forgotten.</summary>
    public const int Watchers = 8;

    /// <summary>Sessions that one connection watches; with one more, the first is forgotten.</summary>
    public const int WatchedSessions = 32;

    /// <summary>Inflated bytes a second that are checked of one session, and taken from its next ones when there were more.</summary>
    public const int CheckedBytesPerSecond = 4 * 1024 * 1024;

    /// <summary>So many may come at once.</summary>
    public const int CheckedBytesAtOnce = 32 * 1024 * 1024;

    /// <summary>A keyframe costs the customer's browser a look at the whole page.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    /// <summary>A keyframe that was asked for, or has begun to come, is waited for this long before it is asked for again.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    /// <summary>Who watches a session whose customer is not here (any more) is remembered this long: the next page is mostly there by then.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
}
