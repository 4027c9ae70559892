using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>Both ends of one hub connection in memory: the server's context, and what a client would read of it. Speaks JSON under whatever name it is given.</summary>
internal sealed class HubPeer : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1e;

    private readonly Pipe _toClient;
    private readonly Pipe _toServer = new();
    private readonly DefaultConnectionContext _transport;

    /// <param name="pauseAt">Bytes that the transport takes of a client that does not read; null is any number.</param>
    public HubPeer(string? user = null, IHubProtocol? protocol = null, long? pauseAt = null)
    {
        _toClient = new Pipe(new PipeOptions(pauseWriterThreshold: pauseAt ?? 0, resumeWriterThreshold: 0, useSynchronizationContext: false));
        _transport = new DefaultConnectionContext(Guid.CreateVersion7().ToString("N"), new Ends(_toServer.Reader, _toClient.Writer), null!);
        Connection = new HubConnectionContext(_transport, new HubConnectionContextOptions(), NullLoggerFactory.Instance)
        {
            Protocol = protocol ?? new JsonHubProtocol(),
            UserIdentifier = user,
        };
    }

    public HubConnectionContext Connection { get; }

    public string Id => Connection.ConnectionId;

    /// <summary>The transport fails from now on, as a socket does whose other end is gone.</summary>
    public void BreakTransport() => _toClient.Writer.Complete(new IOException("broken"));

    /// <summary>What the framework does when a connection ends, before it tells the lifetime manager.</summary>
    public void End()
    {
        Connection.Abort();
        _transport.Abort();
    }

    public bool IsAborted => Connection.ConnectionAborted.IsCancellationRequested || _transport.ConnectionClosed.IsCancellationRequested;

    /// <summary>The next event: its target, its only argument, and its id when an answer is expected.</summary>
    public async Task<Event> ReadAsync()
    {
        while (true)
        {
            var read = await _toClient.Reader.ReadAsync().AsTask().Within();
            if (TryTake(read.Buffer, out var next))
            {
                return next;
            }

            Assert.False(read.IsCompleted, "The connection ended.");
        }
    }

    /// <summary>Everything that has arrived, without waiting.</summary>
    public IReadOnlyList<Event> ReadArrived()
    {
        var events = new List<Event>();
        while (_toClient.Reader.TryRead(out var read))
        {
            if (!TryTake(read.Buffer, out var next))
            {
                break;
            }

            events.Add(next);
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        End();
        await _toServer.Writer.CompleteAsync();
        await _toClient.Reader.CompleteAsync();

        // The transport is not disposed: what Abort does happens on the pool, perhaps later than this.
    }

    private bool TryTake(ReadOnlySequence<byte> buffer, out Event next)
    {
        if (buffer.PositionOf(RecordSeparator) is not { } end)
        {
            _toClient.Reader.AdvanceTo(buffer.Start, buffer.End);
            next = default!;
            return false;
        }

        var text = Encoding.UTF8.GetString(buffer.Slice(0, end).ToArray());
        _toClient.Reader.AdvanceTo(buffer.GetPosition(1, end));
        var root = JsonDocument.Parse(text).RootElement;
        next = new Event(
            root.GetProperty("target").GetString()!,
            root.GetProperty("arguments")[0],
            root.TryGetProperty("invocationId", out var id) ? id.GetString()! : "",
            text);
        return true;
    }

    internal sealed record Event(string Target, JsonElement Argument, string InvocationId, string Text);

    private sealed class Ends(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
