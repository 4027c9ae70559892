using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace CoPilot.TestKit;

/// <summary>One connection to a Redis that speaks its protocol by itself, so that a test's own questions do not depend on the client that it tests. One command at a time.</summary>
internal sealed class RedisWire : IDisposable
{
    private readonly TcpClient _client;
    private readonly BufferedStream _stream;

    private RedisWire(TcpClient client, Stream stream) => (_client, _stream) = (client, new BufferedStream(stream));

    public static async Task<RedisWire> OpenAsync(int port, string? password = null, bool isTls = false)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            Stream stream = client.GetStream();
            if (isTls)
            {
#pragma warning disable CA5359 // A test's own server on this machine, with a certificate that the test made.
                var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
                await tls.AuthenticateAsClientAsync("localhost");
                stream = tls;
            }

            var wire = new RedisWire(client, stream);
            if (password is not null)
            {
                await wire.AskAsync("AUTH", password);
            }

            return wire;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The answer: string, long, array of answers, or null.</summary>
    public async Task<object?> AskAsync(params string[] words)
    {
        var request = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
        {
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await _stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()));
        await _stream.FlushAsync();
        return await ReadAsync();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task<object?> ReadAsync()
    {
        var line = await ReadLineAsync();
        var rest = line[1..];
        switch (line[0])
        {
            case '+':
                return rest;
            case '-':
                throw new RedisAnsweredErrorException(rest);
            case ':':
                return long.Parse(rest, CultureInfo.InvariantCulture);
            case '$' when rest == "-1":
            case '*' when rest == "-1":
                return null;
            case '$':
                var bytes = new byte[int.Parse(rest, CultureInfo.InvariantCulture) + 2];
                await _stream.ReadExactlyAsync(bytes);
                return Encoding.UTF8.GetString(bytes, 0, bytes.Length - 2);
            case '*':
                var items = new object?[int.Parse(rest, CultureInfo.InvariantCulture)];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = await ReadAsync();
                }

                return items;
            default:
                throw new InvalidDataException($"Not Redis' protocol: {line}");
        }
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await _stream.ReadExactlyAsync(one);
            if (one[0] == '\n')
            {
                return line.ToString(0, line.Length - 1);
            }

            line.Append((char)one[0]);
        }
    }
}
