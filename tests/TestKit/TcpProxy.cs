using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CoPilot.TestKit;

/// <summary>A piece of network between a client and a server that a test can cut and restore. Thread-safe.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly PortLease _port = PortLease.Take();
    private readonly ConcurrentDictionary<Link, byte> _links = new();
    private readonly ConcurrentBag<Task> _pumps = [];
    private volatile TaskCompletionSource _open = Opened();
    private volatile IPEndPoint _target;
    private TcpListener? _listener;

    public TcpProxy(int targetPort)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        Listen();
    }

    public int Port => _port.Number;

    /// <summary>Every connection breaks and new ones are refused, as when a server or a router is gone.</summary>
    public void Cut()
    {
        _listener?.Dispose();
        _listener = null;
        BreakLinks();
    }

    /// <summary>Leads to another server of this machine from now on, as what stands in front of several nodes does when one is gone; connections that are open break.</summary>
    public void LeadTo(int port)
    {
        _target = new IPEndPoint(IPAddress.Loopback, port);
        BreakLinks();
    }

    /// <summary>Connections stay and nothing passes, as on a train in a tunnel.</summary>
    public void Stall() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends <see cref="Cut"/> and <see cref="Stall"/>.</summary>
    public void Restore()
    {
        _open.TrySetResult();
        if (_listener is null)
        {
            Listen();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        _open.TrySetResult();
        await Task.WhenAll(_pumps).Within();
        _port.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private void BreakLinks()
    {
        foreach (var link in _links.Keys)
        {
            link.Break();
        }
    }

    private void Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _listener = listener;
        _pumps.Add(AcceptAsync(listener));
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _pumps.Add(ServeAsync(await listener.AcceptSocketAsync()));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var link = new Link(client);
        _links.TryAdd(link, 0);
        try
        {
            await link.Server.ConnectAsync(_target);
            await Task.WhenAny(PumpAsync(link.Client, link.Server), PumpAsync(link.Server, link.Client));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The server is down: the client's connection ends as well.
        }
        finally
        {
            _links.TryRemove(link, out _);
            link.Break();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                await _open.Task;
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Either side is gone.
        }
    }

    private sealed class Link(Socket client) : IDisposable
    {
        public Socket Client { get; } = client;

        public Socket Server { get; } = new(SocketType.Stream, ProtocolType.Tcp);

        public void Break()
        {
            // With a reset, as a dead peer's system answers.
            Client.Close(0);
            Server.Close(0);
        }

        public void Dispose() => Break();
    }
}
