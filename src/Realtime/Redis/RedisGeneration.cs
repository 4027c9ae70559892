using System.Net;
using CoPilot.Realtime.Redis.Pipeline;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// One pair of multiplexers, for commands and for subscriptions, to one Redis or cluster, and a pipeline where that can be. The multiplexers reconnect by
/// themselves after a connection broke; after a primary changed, and when a connection is open and nothing answers any more, a new generation takes over. Thread-safe.
/// </summary>
internal sealed class RedisGeneration : IAsyncDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(20);

    private readonly ConnectionMultiplexer _commands;
    private readonly ConnectionMultiplexer _subscriptions;
    private readonly PipelineLink<PipelineConnection> _pipeline;
    private readonly PipelineLink<PipelineListener> _listener;
    private readonly LibrarySource _librarySource;
    private volatile bool _isStuck;

    private RedisGeneration(
        ConnectionMultiplexer commands,
        ConnectionMultiplexer subscriptions,
        PipelineLink<PipelineConnection> pipeline,
        PipelineLink<PipelineListener> listener,
        EndPoint? primary,
        TimeProvider clock)
    {
        (_commands, _subscriptions, _pipeline, _listener, Primary, Database) = (commands, subscriptions, pipeline, listener, primary, commands.GetDatabase());
        Subscriber = subscriptions.GetSubscriber();
        _librarySource = new LibrarySource(Subscriber);
        OpenedAt = clock.GetTimestamp();

        // Results hop to the pool: a continuation that does real work must not stall the next answer.
        _commands.PreserveAsyncOrder = false;

        // Messages of all channels in the order in which they came; handlers only take note.
        _subscriptions.PreserveAsyncOrder = true;
    }

    /// <summary>Whom the Sentinels named; null where the configuration names the servers.</summary>
    public EndPoint? Primary { get; }

    public long OpenedAt { get; }

    public IDatabase Database { get; }

    /// <summary>The shorter way for commands; null where there is none, or none now.</summary>
    public PipelineConnection? Pipeline => _pipeline.Current;

    public ISubscriber Subscriber { get; }

    /// <summary>Where subscriptions belong now: to a listener where there can be one.</summary>
    public IRedisSource Source => _listener.Current ?? (IRedisSource)_librarySource;

    /// <summary>Whether what the library says of its connection for subscriptions says anything of them.</summary>
    public bool ListensByLibrary => _listener.Current is null;

    /// <summary>Commands have a connection that answered when it was last asked.</summary>
    public bool IsUsable => !_isStuck && _commands.IsConnected;

    /// <summary>Connected as the library sees it, which does not notice that nothing answers.</summary>
    public bool IsConnected => _commands.IsConnected && _subscriptions.IsConnected;

    /// <summary>Returns when the first attempt to connect has ended, however it did.</summary>
    public static async Task<RedisGeneration> OpenAsync(RedisConfiguration configuration, EndPoint? primary, TimeSpan commandLimit, TimeProvider clock)
    {
        var options = configuration.ForSubscriptions(primary);
        var commands = ConnectionMultiplexer.ConnectAsync(configuration.ForCommands(primary));
        var subscriptions = ConnectionMultiplexer.ConnectAsync(options);
        var pipeline = new PipelineLink<PipelineConnection>(
            configuration.ForPipeline(primary), (stream, ended) => new PipelineConnection(stream, commandLimit, clock, ended), clock);
        var listener = new PipelineLink<PipelineListener>(configuration.ForListener(primary), (stream, ended) => new PipelineListener(stream, ended), clock);
        var generation = new RedisGeneration(
            await commands.ConfigureAwait(false), await subscriptions.ConfigureAwait(false), pipeline, listener, primary, clock);
        await generation.SubscribableAsync(TimeSpan.FromMilliseconds(options.ConnectTimeout), clock).ConfigureAwait(false);
        await generation.OpenPipelineAsync().ConfigureAwait(false);
        await generation.OpenListenerAsync().ConfigureAwait(false);
        return generation;
    }

    /// <summary>Opens the pipeline where one can be and is not, and says whether it did. A server that the library does not reach is not tried.</summary>
    public async Task<bool> OpenPipelineAsync() => IsUsable && await _pipeline.OpenAsync().ConfigureAwait(false);

    /// <summary>The same for the listener: subscriptions are then to be made anew, on it.</summary>
    public async Task<bool> OpenListenerAsync() => IsUsable && await _listener.OpenAsync().ConfigureAwait(false);

    public void Watch(
        Action<ConnectionFailedEventArgs> failed, Action<ConnectionFailedEventArgs> restored, Action<EndPoint> pipelineEnded, Action<EndPoint> listenerEnded)
    {
        _pipeline.Ended += pipelineEnded;
        _listener.Ended += listenerEnded;
        foreach (var multiplexer in new[] { _commands, _subscriptions })
        {
            multiplexer.ConnectionFailed += (_, connection) => failed(connection);
            multiplexer.ConnectionRestored += (_, connection) => restored(connection);
        }
    }

    /// <summary>Those that are connected.</summary>
    public IEnumerable<IServer> Servers() => _commands.GetEndPoints().Select(address => _commands.GetServer(address)).Where(server => server.IsConnected);

    /// <summary>The servers of which a connection is missing.</summary>
    public IEnumerable<EndPoint> Missing()
    {
        foreach (var multiplexer in new[] { _commands, _subscriptions })
        {
            foreach (var address in multiplexer.GetEndPoints())
            {
                if (!multiplexer.GetServer(address).IsConnected)
                {
                    yield return address;
                }
            }
        }
    }

    /// <summary>The servers that are connected and do not answer within the limit. The library would wait for them for ever; from then on this is not usable.</summary>
    public async Task<IReadOnlyList<EndPoint>> SilentAsync(TimeSpan limit, TimeProvider clock)
    {
        var asked = new List<(EndPoint Address, Task<bool> Answer)>();
        foreach (var server in Servers())
        {
            asked.Add((server.EndPoint, RedisAnswer.ArrivesAsync(() => server.PingAsync(), limit, clock)));
        }

        foreach (var end in new IPipelineEnd?[] { Pipeline, _listener.Current })
        {
            if (end is not null)
            {
                asked.Add((end.Address, RedisAnswer.ArrivesAsync(end.PingAsync, limit, clock)));
            }
        }

        if (_subscriptions.IsConnected)
        {
            asked.Add((_subscriptions.GetEndPoints()[0], RedisAnswer.ArrivesAsync(() => Subscriber.PingAsync(), limit, clock)));
        }

        var silent = new List<EndPoint>();
        foreach (var (address, answer) in asked)
        {
            if (!await answer.ConfigureAwait(false))
            {
                silent.Add(address);
            }
        }

        _isStuck = _isStuck || silent.Count > 0;
        return silent;
    }

    /// <summary>A password or certificate that is refused is told at once.</summary>
    public async Task RequireAdmissionAsync(TimeSpan limit, TimeProvider clock)
    {
        var asked = clock.GetTimestamp();
        while (await FindFailureAsync(limit, clock).ConfigureAwait(false) is { } failure)
        {
            if (RedisErrors.FindRefusal(failure) is { } refusal)
            {
                throw new RedisRefusedException(refusal);
            }

            if (!RedisErrors.IsUnexplained(failure) || clock.GetElapsedTime(asked) > limit)
            {
                // Not there yet: tried on.
                return;
            }

            await Task.Delay(AskAgainAfter, clock).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _pipeline.Dispose();
        _listener.Dispose();
        foreach (var multiplexer in new[] { _commands, _subscriptions })
        {
            await multiplexer.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
            multiplexer.Dispose();
        }
    }

    /// <summary>
    /// The library has connected when commands go through; the connection for subscriptions may follow a moment later, and would then look like one that broke and
    /// came back, which costs what is published at that moment.
    /// </summary>
    private async Task SubscribableAsync(TimeSpan limit, TimeProvider clock)
    {
        var established = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Note(object? sender, ConnectionFailedEventArgs connection)
        {
            if (connection.ConnectionType == ConnectionType.Subscription)
            {
                established.TrySetResult();
            }
        }

        _subscriptions.ConnectionRestored += Note;
        try
        {
            // Its answer is read after the library has told of the connection: who listens from here on is not told.
            await Subscriber.PingAsync().WaitAsync(limit, clock).ConfigureAwait(false);
        }
        catch (RedisConnectionException) when (_subscriptions.IsConnected)
        {
            await Task.WhenAny(established.Task, Task.Delay(limit, clock)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is RedisException || RedisErrors.IsUnavailable(error))
        {
            // Redis is not there yet: tried on.
        }
        finally
        {
            _subscriptions.ConnectionRestored -= Note;
        }
    }

    private async Task<Exception?> FindFailureAsync(TimeSpan limit, TimeProvider clock)
    {
        try
        {
            await Database.PingAsync().WaitAsync(limit, clock).ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (RedisErrors.FindRefusal(error) is not null || RedisErrors.IsUnavailable(error))
        {
            return error;
        }
    }
}
