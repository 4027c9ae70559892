using System.IO.Compression;
using System.Text;
using System.Threading.Channels;
using CoPilot.Contracts.CoBrowse;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>A watcher without a browser: keeps, inflated, all that it is sent of a session's pages. Thread-safe.</summary>
internal sealed class WatchedFrames : IAsyncDisposable
{
    /// <summary>A last, empty block: a stream between two frames is at a byte's end, but has no end of its own.</summary>
    private static readonly byte[] EndOfStream = [0x03, 0x00];

    private readonly CoBrowseClient _client;
    private readonly string _sessionId;
    private readonly Channel<Func<Task>> _answers = Channel.CreateUnbounded<Func<Task>>();
    private readonly Lock _gate = new();
    private readonly List<List<byte>> _streams = [];
    private readonly Task _answering;

    private WatchedFrames(CoBrowseClient client, string sessionId)
    {
        _client = client;
        _sessionId = sessionId;
        client.Events.Frames.Arrived += Take;
        client.Events.CustomersJoined.Arrived += _ => _answers.Writer.TryWrite(WatchAgainAsync);
        _answering = AnswerAsync();
    }

    /// <summary>All events of all frames so far, as the JSON that they are.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Concat(_streams.Select(Inflate));
            }
        }
    }

    public int Keyframes
    {
        get
        {
            lock (_gate)
            {
                return _streams.Count;
            }
        }
    }

    public CoBrowseEvents Events => _client.Events;

    public static async Task<WatchedFrames> OpenAsync(Uri server, string token, string sessionId)
    {
        var frames = new WatchedFrames(await CoBrowseClient.ConnectAsync(server, token), sessionId);
        await frames.WatchAgainAsync();
        return frames;
    }

    public Task HoldAsync(string text) => Eventually.TrueAsync(() => Text.Contains(text, StringComparison.Ordinal), what: $"'{text}' on the wire");

    public async ValueTask DisposeAsync()
    {
        _answers.Writer.Complete();
        await _client.DisposeAsync();
        await _answering;
    }

    private static string Inflate(List<byte> compressed)
    {
        using var stream = new DeflateStream(new MemoryStream([.. compressed, .. EndOfStream]), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private Task WatchAgainAsync() => _client.Watch(new WatchRequest(_sessionId));

    private void Take(FramesEvent arrived)
    {
        lock (_gate)
        {
            foreach (var frame in arrived.Frames)
            {
                if (frame is { Keyframe: true, Part: 0 })
                {
                    _streams.Add([]);
                }

                _streams[^1].AddRange(frame.Data.Span);
            }
        }

        if (arrived.Frames is [.., var last] && last.Part == last.Parts - 1)
        {
            _answers.Writer.TryWrite(() => _client.AcknowledgeFrames(new AcknowledgeFramesRequest(_sessionId, last.Seq)));
        }
    }

    private async Task AnswerAsync()
    {
        await foreach (var answer in _answers.Reader.ReadAllAsync())
        {
            try
            {
                await answer();
            }
            catch (Exception error) when (error is HubRefusalException or InvalidOperationException or TaskCanceledException)
            {
                // The session ended meanwhile, or the connection did with the story.
            }
        }
    }
}
