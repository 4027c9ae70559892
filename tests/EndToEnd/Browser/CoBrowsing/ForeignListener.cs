using System.Net;
using System.Net.Sockets;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>Somebody on an origin that no page of a story has anything to do with.</summary>
internal sealed class ForeignListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private int _connections;

    public ForeignListener()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The events of a page with a picture, a style and a frame from there, as no honest browser sends them.</summary>
    public static string PageThatAsks(string address) =>
        $$$"""
        [{"type":4,"data":{"href":"","width":800,"height":600},"timestamp":1},{"type":2,"data":{"node":{"type":0,"id":1,"childNodes":[{"type":2,"id":2,"tagName":"html","attributes":{},"childNodes":[{"type":2,"id":3,"tagName":"head","attributes":{},"childNodes":[{"type":2,"id":4,"tagName":"style","attributes":{"_cssText":"body{background:url({{{address}}})}"},"childNodes":[]}]},{"type":2,"id":5,"tagName":"body","attributes":{},"childNodes":[{"type":2,"id":6,"tagName":"img","attributes":{"src":"{{{address}}}"},"childNodes":[]},{"type":2,"id":7,"tagName":"iframe","attributes":{"src":"{{{address}}}"},"childNodes":[]}]}]}]},"initialOffset":{"left":0,"top":0}},"timestamp":1}]
        """;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var asked = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The story is over.
        }
    }
}
