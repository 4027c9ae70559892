using System.Net;
using System.Net.Sockets;
using System.Text;
using CoPilot.Realtime.Redis.Pipeline;
using CoPilot.TestKit;
using StackExchange.Redis;

namespace CoPilot.Realtime.Tests.Redis.Pipeline;

/// <summary>The other end of one connection, which greets as Redis does and then says what a test tells it to.</summary>
internal sealed class ScriptedRedis : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _peer;

    private ScriptedRedis() => _listener.Start();

    public static async Task<(ScriptedRedis Redis, RespStream Stream)> OpenAsync()
    {
        var redis = new ScriptedRedis();
        using var deadline = new CancellationTokenSource(Deadline.Default);
        var opening = RespStream.OpenAsync(redis._listener.LocalEndpoint, new ConfigurationOptions { ClientName = "test" }, deadline.Token);
        redis._peer = await redis._listener.AcceptSocketAsync().Within();
        await redis.HearAsync("SETNAME");
        await redis.SayAsync("*4\r\n$4\r\nmode\r\n$10\r\nstandalone\r\n$4\r\nrole\r\n$6\r\nmaster\r\n");
        return (redis, await opening.Within());
    }

    /// <summary>So many bytes have arrived that no test has heard yet.</summary>
    public int Unread => _peer!.Available;

    /// <summary>Returns when the text was received, with what came until then.</summary>
    public async Task<string> HearAsync(string text)
    {
        var heard = new StringBuilder();
        while (!heard.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await _peer!.ReceiveAsync(_buffer).Within();
            Assert.NotEqual(0, count);
            heard.Append(Encoding.UTF8.GetString(_buffer, 0, count));
        }

        return heard.ToString();
    }

    public Task SayAsync(string text) => _peer!.SendAsync(Encoding.UTF8.GetBytes(text)).Within();

    public void HangUp() => _peer!.Close();

    public void Dispose()
    {
        _peer?.Dispose();
        _listener.Dispose();
    }
}
