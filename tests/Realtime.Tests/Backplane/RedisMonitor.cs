using System.Collections.Concurrent;
using System.Net.Sockets;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>Every command that Redis runs whose line contains a text, also those inside scripts.</summary>
internal sealed class RedisMonitor : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private Task _reading = Task.CompletedTask;

    public static async Task<RedisMonitor> StartAsync(RedisServer server, string text)
    {
        var monitor = new RedisMonitor();
        await monitor._client.ConnectAsync("127.0.0.1", server.Port).Within();
        var stream = monitor._client.GetStream();
        await stream.WriteAsync("MONITOR\r\n"u8.ToArray());
        var reader = new StreamReader(stream);
        Assert.Equal("+OK", await reader.ReadLineAsync().Within());
        monitor._reading = monitor.ReadAsync(reader, text);
        return monitor;
    }

    public int CountOf(Func<string, bool> isMeant) => _lines.Count(isMeant);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _reading.Within();
    }

    private async Task ReadAsync(StreamReader reader, string text)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Contains(text, StringComparison.Ordinal) && line.Contains("\"PUBLISH\"", StringComparison.OrdinalIgnoreCase))
                {
                    _lines.Enqueue(line);
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
