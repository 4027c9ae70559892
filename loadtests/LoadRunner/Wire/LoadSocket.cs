using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace CoPilot.LoadRunner.Wire;

/// <summary>What a <see cref="LoadSocket"/> hears; called on the thread that received it, one call at a time.</summary>
internal interface IWireReceiver
{
    /// <param name="message">One whole WebSocket message; valid during the call.</param>
    void Receive(ReadOnlySpan<byte> message);

    /// <summary>Once, at the end; null when this side closed it.</summary>
    void Closed(Exception? error);
}

/// <summary>
/// The client's half of a WebSocket, over a plain socket and only as much of it as a load needs: no compression, and a mask of zeros, which is a mask like any other to a server and costs the generator
/// nothing. One buffer each while something is under way, no task, no timer: the generator shares the machine with what it measures. Sending is thread-safe.
/// </summary>
internal sealed class LoadSocket : IDisposable
{
    private const int FirstBuffer = 1024;
    private const int LongestMessage = 16 * 1024 * 1024;
    private const byte Final = 0x80;

    /// <summary>Linux' <c>SOL_IP</c>.</summary>
    private const int IpLevel = 0;

    /// <summary>Linux' <c>IP_BIND_ADDRESS_NO_PORT</c>.</summary>
    private const int BindAddressNoPort = 24;

    private const byte Masked = 0x80;

    [ThreadStatic]
    private static byte[]? _frame;

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _receiving = new();
    private readonly Lock _sending = new();
    private IWireReceiver? _receiver;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _filled;
    private byte[]? _fragments;
    private int _fragmentsLength;
    private int _hasClosed;

    private LoadSocket(Socket socket) => _socket = socket;

    /// <param name="from">The local address, when one has too few ports; null lets the system choose.</param>
    /// <exception cref="IOException">It was refused; the message has the status line.</exception>
    public static async Task<LoadSocket> ConnectAsync(Uri address, string? bearer, IPAddress? from, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
            {
                // Only with the connection a port is chosen, so that one serves connections to several servers, and none is looked for twice.
                socket.SetRawSocketOption(IpLevel, BindAddressNoPort, [1, 0, 0, 0]);
                socket.Bind(new IPEndPoint(from, 0));
            }

            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Host), address.Port), cancellationToken);
            var connection = new LoadSocket(socket);
            await connection.UpgradeAsync(address, bearer, cancellationToken);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Begins to hear, with what has come already.</summary>
    public void Start(IWireReceiver receiver)
    {
        _receiver = receiver;
        _receiving.Completed += (_, _) => Hear();
        TakeFrames();
        Receive();
    }

    /// <summary>Returns when the system has taken it. An error is told to the receiver as the end, so that there is one place for it.</summary>
    public void Send(ReadOnlySpan<byte> message, bool isText) => SendFrame(message, isText ? WebSocketOpcode.Text : WebSocketOpcode.Binary);

    public void Dispose() => Close(null);

    private async Task UpgradeAsync(Uri address, string? bearer, CancellationToken cancellationToken)
    {
        var request = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n")
            .Append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
            .Append(CultureInfo.InvariantCulture, $"Sec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\n");
        if (bearer is not null)
        {
            request.Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {bearer}\r\n");
        }

        await _socket.SendAsync(Encoding.ASCII.GetBytes(request.Append("\r\n").ToString()), cancellationToken);
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Grow();
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
            _filled += received > 0 ? received : throw new IOException("The server closed the connection instead of answering the upgrade.");
        }

        var status = Encoding.ASCII.GetString(_buffer, 0, _buffer.AsSpan(0, _filled).IndexOf("\r\n"u8));
        if (!status.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new IOException($"The upgrade was refused: {status}");
        }

        Drop(end + 4);
    }

    private void Receive()
    {
        try
        {
            do
            {
                Grow();
                _receiving.SetBuffer(_buffer, _filled, _buffer.Length - _filled);
            }
            while (!_socket.ReceiveAsync(_receiving) && TakeReceived());
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException or IOException)
        {
            Close(error);
        }
    }

    private void Hear()
    {
        if (TakeReceived())
        {
            Receive();
        }
    }

    /// <summary>False at the end.</summary>
    private bool TakeReceived()
    {
        if (_receiving.SocketError != SocketError.Success || _receiving.BytesTransferred == 0)
        {
            Close(new IOException($"The connection was lost ({_receiving.SocketError})."));
            return false;
        }

        _filled += _receiving.BytesTransferred;
        TakeFrames();
        return Volatile.Read(ref _hasClosed) == 0;
    }

    private void TakeFrames()
    {
        var taken = 0;
        while (WebSocketFrame.TryRead(_buffer.AsSpan(taken, _filled - taken), out var frame))
        {
            Take(frame, _buffer.AsSpan(taken + frame.HeaderLength, frame.PayloadLength));
            taken += frame.HeaderLength + frame.PayloadLength;
        }

        Drop(taken);
    }

    private void Take(WebSocketFrame frame, ReadOnlySpan<byte> payload)
    {
        switch (frame.Opcode)
        {
            case WebSocketOpcode.Ping:
                SendFrame(payload, WebSocketOpcode.Pong);
                break;
            case WebSocketOpcode.Close:
                Close(new IOException("The server closed the connection."));
                break;
            case WebSocketOpcode.Pong:
                break;
            default:
                TakeData(frame.IsFinal, payload);
                break;
        }
    }

    private void TakeData(bool isFinal, ReadOnlySpan<byte> payload)
    {
        if (isFinal && _fragmentsLength == 0)
        {
            _receiver!.Receive(payload);
            return;
        }

        if (_fragments is null || _fragments.Length - _fragmentsLength < payload.Length)
        {
            Array.Resize(ref _fragments, Math.Max((_fragments?.Length ?? 0) * 2, _fragmentsLength + payload.Length));
        }

        payload.CopyTo(_fragments.AsSpan(_fragmentsLength));
        _fragmentsLength += payload.Length;
        if (isFinal)
        {
            var length = _fragmentsLength;
            _fragmentsLength = 0;
            _receiver!.Receive(_fragments.AsSpan(0, length));
        }
    }

    private void SendFrame(ReadOnlySpan<byte> payload, WebSocketOpcode opcode)
    {
        // Two bytes, at most eight of length, four of mask.
        var frame = _frame is { } kept && kept.Length >= payload.Length + 14 ? kept : _frame = new byte[Math.Max(4096, payload.Length + 14)];
        frame[0] = (byte)(Final | (byte)opcode);
        var header = 2;
        if (payload.Length < 126)
        {
            frame[1] = (byte)(Masked | payload.Length);
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            frame[1] = Masked | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
            header = 4;
        }
        else
        {
            frame[1] = Masked | 127;
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
            header = 10;
        }

        frame.AsSpan(header, 4).Clear();
        header += 4;
        payload.CopyTo(frame.AsSpan(header));
        SendAll(frame.AsSpan(0, header + payload.Length));
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        try
        {
            lock (_sending)
            {
                while (bytes.Length > 0)
                {
                    bytes = bytes[_socket.Send(bytes)..];
                }
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException)
        {
            Close(error);
        }
    }

    private void Close(Exception? error)
    {
        if (Interlocked.Exchange(ref _hasClosed, 1) == 0)
        {
            _socket.Dispose();
            _receiver?.Closed(error);
        }
    }

    private void Grow()
    {
        if (_filled == _buffer.Length)
        {
            if (_buffer.Length >= LongestMessage)
            {
                throw new IOException("A message is longer than anything that a server sends.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private void Drop(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }
}
