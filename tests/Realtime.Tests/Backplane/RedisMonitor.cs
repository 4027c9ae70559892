using System.Collections.Concurrent;
using System.Net.Sockets;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>Every command that Redis runs, also those inside scripts.</summary>
internal sealed class RedisMonitor : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly RedisServer _server;
    private Task _reading = Task.CompletedTask;
    private int _marks;

    private RedisMonitor(RedisServer server) => _server = server;

    public static async Task<RedisMonitor> StartAsync(RedisServer server)
    {
        var monitor = new RedisMonitor(server);
        await monitor._client.ConnectAsync("127.0.0.1", server.Port).Within();
        var stream = monitor._client.GetStream();
        await stream.WriteAsync("MONITOR\r\n"u8.ToArray());
        var reader = new StreamReader(stream);
        Assert.Equal("+OK", await reader.ReadLineAsync().Within());
        monitor._reading = monitor.ReadAsync(reader);
        return monitor;
    }

    /// <summary>Of the commands run until now, those whose line has all these texts.</summary>
    public async Task<int> CountAsync(params string[] texts)
    {
        var mark = "mark" + ++_marks;
        await _server.CommandAsync("ECHO", mark).Within();
        await Eventually.TrueAsync(() => _lines.Any(line => line.Contains(mark, StringComparison.Ordinal)));
        return _lines.Count(line => texts.All(text => line.Contains(text, StringComparison.OrdinalIgnoreCase)));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _reading.Within();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                _lines.Enqueue(line);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
