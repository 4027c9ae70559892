using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>An open connection that Redis knows by name, and what was received on it and not read yet. One may send while another receives.</summary>
internal sealed class RespStream : IDisposable
{
    private readonly Stream _stream;
    private readonly RespParser _received = new();

    private RespStream(EndPoint address, Stream stream) => (Address, _stream) = (address, stream);

    public EndPoint Address { get; }

    /// <summary>What Redis said of itself when it was greeted, such as <c>mode</c> and <c>role</c>.</summary>
    public IReadOnlyDictionary<string, string?> Server { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Connects and introduces itself by the password and name of the options.</summary>
    /// <exception cref="RedisErrorException">Redis does not let it in.</exception>
    public static async Task<RespStream> OpenAsync(EndPoint address, ConfigurationOptions options, CancellationToken deadline)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            if (options.KeepAlive > 0)
            {
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, options.KeepAlive);
            }

            await socket.ConnectAsync(address, deadline).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Ssl)
            {
                stream = await SecureAsync(stream, address, options, deadline).ConfigureAwait(false);
            }

            var opened = new RespStream(address, stream);
            await opened.GreetAsync(options, deadline).ConfigureAwait(false);
            return opened;
        }
        catch
        {
            // Without one of its own the stream does not close it.
            socket.Dispose();
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> commands) => _stream.WriteAsync(commands);

    /// <summary>Receives more; how much is for <see cref="Take"/>.</summary>
    public ValueTask<int> ReceiveAsync(CancellationToken cancellationToken = default) => _stream.ReadAsync(_received.Free, cancellationToken);

    /// <exception cref="IOException">Redis has closed the connection.</exception>
    public void Take(int received) => _received.Take(received > 0 ? received : throw new EndOfStreamException("Redis closed the connection."));

    /// <exception cref="InvalidDataException">What was received is not Redis' protocol.</exception>
    public bool TryRead(out RedisReply reply) => _received.TryRead(out reply);

    public void Dispose() => _stream.Dispose();

    private static async Task<Stream> SecureAsync(Stream stream, EndPoint address, ConfigurationOptions options, CancellationToken deadline)
    {
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = string.IsNullOrEmpty(options.SslHost) ? (address as DnsEndPoint)?.Host ?? ((IPEndPoint)address).Address.ToString() : options.SslHost,
                EnabledSslProtocols = options.SslProtocols ?? System.Security.Authentication.SslProtocols.None,
            },
            deadline).ConfigureAwait(false);
        return secure;
    }

    private async Task GreetAsync(ConfigurationOptions options, CancellationToken deadline)
    {
        object[] password = string.IsNullOrEmpty(options.Password) ? [] : ["AUTH", "default", options.Password];
        var greeting = (RedisReply[])await AskAsync(new ExecuteRequest("HELLO", ["2", .. password, "SETNAME", options.ClientName]), deadline).ConfigureAwait(false);
        var server = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < greeting.Length; i += 2)
        {
            // Of its modules it answers a list.
            if ((string)greeting[i] is var name and not "modules")
            {
                server[name] = (string?)greeting[i + 1];
            }
        }

        Server = server;
        if (options.DefaultDatabase is > 0 and var database)
        {
            await AskAsync(new ExecuteRequest("SELECT", [database]), deadline).ConfigureAwait(false);
        }
    }

    private async Task<RedisReply> AskAsync(ExecuteRequest request, CancellationToken deadline)
    {
        var buffer = new RespBuffer();
        request.WriteTo(buffer);
        await _stream.WriteAsync(buffer.Written, deadline).ConfigureAwait(false);
        RedisReply reply;
        while (!TryRead(out reply))
        {
            Take(await ReceiveAsync(deadline).ConfigureAwait(false));
        }

        return reply.Error is { } error ? throw new RedisErrorException(error) : reply;
    }
}
