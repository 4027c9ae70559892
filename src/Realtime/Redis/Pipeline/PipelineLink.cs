using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>
/// The pipeline to a Redis that stands alone: opened, and opened anew, when somebody asks. To several servers, to a cluster or to a replica there is
/// none: who answers what is the library's knowledge. <see cref="OpenAsync"/> is for one caller at a time, the rest is thread-safe.
/// </summary>
/// <param name="begin">Makes of an open stream what uses it, which calls what it is given when it ends by itself.</param>
internal sealed class PipelineLink<TEnd>(ConfigurationOptions options, Func<RespStream, Action, TEnd> begin, TimeProvider clock) : IDisposable
    where TEnd : class, IPipelineEnd
{
    private readonly Lock _gate = new();
    private volatile TEnd? _end;
    private bool _isRuledOut = options.EndPoints.Count != 1;
    private bool _isDisposed;

    /// <summary>On any thread: the connection broke.</summary>
    public event Action<EndPoint>? Ended;

    /// <summary>Null while there is none.</summary>
    public TEnd? Current => _end is { IsOpen: true } open ? open : null;

    /// <summary>Whether it has been opened. What hinders it the library meets as well, and says.</summary>
    public async Task<bool> OpenAsync()
    {
        if (_isRuledOut || Current is not null)
        {
            return false;
        }

        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.ConnectTimeout), clock);
            return TryKeep(await RespStream.OpenAsync(options.EndPoints[0], options, deadline.Token).ConfigureAwait(false));
        }
        catch (Exception error) when (
            error is SocketException or IOException or InvalidDataException or RedisErrorException or AuthenticationException or OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _end?.Dispose();
        }
    }

    private bool TryKeep(RespStream stream)
    {
        _isRuledOut = stream.Server.GetValueOrDefault("mode") != "standalone";
        lock (_gate)
        {
            if (_isRuledOut || _isDisposed || stream.Server.GetValueOrDefault("role") != "master")
            {
                stream.Dispose();
                return false;
            }

            _end = begin(stream, () => Ended?.Invoke(stream.Address));
            return true;
        }
    }
}
