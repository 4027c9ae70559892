using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Supervision;

/// <summary>Which connections of this node watch a site, and what each was shown last. Thread-safe.</summary>
internal sealed class WatchedSite(Site site)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watcher> _watchers = new(StringComparer.Ordinal);

    public Site Site => site;

    public Signal Signal { get; } = new();

    public bool IsWatched
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count > 0;
            }
        }
    }

    /// <summary>Queues whose lines are wanted.</summary>
    public IReadOnlyCollection<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _watchers.Values.Select(watcher => watcher.Queue).OfType<string>().Distinct(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>In place of what the connection watched before, and until it is gone.</summary>
    /// <param name="shown">What it is being shown.</param>
    public void Add(string connectionId, string? queue, SiteReading.Shown shown, CancellationToken gone)
    {
        var watcher = new Watcher(queue) { Last = shown };
        lock (_gate)
        {
            _watchers.GetValueOrDefault(connectionId)?.Life.Unregister();
            _watchers[connectionId] = watcher;

            // At once when it is gone already.
            watcher.Life = gone.UnsafeRegister(_ => Remove(connectionId, watcher), null);
        }
    }

    public void Remove(string connectionId)
    {
        lock (_gate)
        {
            if (_watchers.Remove(connectionId, out var watcher))
            {
                watcher.Life.Unregister();
            }
        }
    }

    /// <summary>Who is to be shown what, because it is not what they were shown last.</summary>
    public IReadOnlyList<(SiteReading.Shown Shown, IReadOnlyList<string> ConnectionIds)> TakeNews(SiteReading reading)
    {
        lock (_gate)
        {
            var news = new Dictionary<SiteReading.Shown, List<string>>(ReferenceEqualityComparer.Instance);
            foreach (var (connectionId, watcher) in _watchers)
            {
                // One who came meanwhile and wants another line is shown it next time.
                if (reading.Has(watcher.Queue) && reading.For(watcher.Queue) is var shown && (watcher.IsOld || shown.Text != watcher.Last.Text))
                {
                    (watcher.Last, watcher.IsOld) = (shown, false);
                    (news.TryGetValue(shown, out var connections) ? connections : news[shown] = []).Add(connectionId);
                }
            }

            return [.. news.Select(each => (each.Key, (IReadOnlyList<string>)each.Value))];
        }
    }

    /// <summary>What each was shown last, for those who were not told yet that it is old. They are shown the next reading, whether or not it differs.</summary>
    public IReadOnlyList<(SiteOverview Overview, string ConnectionId)> TakeOld()
    {
        lock (_gate)
        {
            var old = new List<(SiteOverview, string)>();
            foreach (var (connectionId, watcher) in _watchers)
            {
                if (!watcher.IsOld)
                {
                    watcher.IsOld = true;
                    old.Add((watcher.Last.Overview with { IsOld = true }, connectionId));
                }
            }

            return old;
        }
    }

    private void Remove(string connectionId, Watcher watcher)
    {
        lock (_gate)
        {
            if (_watchers.GetValueOrDefault(connectionId) == watcher)
            {
                _watchers.Remove(connectionId);
            }
        }
    }

    private sealed class Watcher(string? queue)
    {
        public string? Queue => queue;

        public required SiteReading.Shown Last { get; set; }

        /// <summary>They were told that what they were shown last is old.</summary>
        public bool IsOld { get; set; }

        public CancellationTokenRegistration Life { get; set; }
    }
}
