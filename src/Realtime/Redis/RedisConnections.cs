using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// This process's way to Redis, and the one place that knows the client library's traits. One multiplexer carries all commands, another one all subscriptions;
/// nothing here waits for a connection from a pool. Thread-safe.
/// <para><b>Failure.</b> Redis out of reach, too slow, loading, read-only or without room is a <see cref="StoreUnavailableException"/>, at once or at the latest after
/// <see cref="RedisSettings.CommandTimeout"/>; the outcome of the command is then unknown. Connections come back by themselves.</para>
/// </summary>
public sealed class RedisConnections : IAsyncDisposable
{
    private readonly RedisSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger<RedisConnections> _logger;
    private ConnectionMultiplexer? _commands;
    private ConnectionMultiplexer? _subscriptions;

    public RedisConnections(RedisSettings settings, TimeProvider clock, ILogger<RedisConnections> logger)
    {
        (_settings, _clock, _logger) = (settings, clock, logger);
    }

    /// <summary>
    /// The connection that subscriptions live on broke or came back, or another primary took over: what was published meanwhile is lost. Raised on
    /// the library's threads: a handler takes note and returns at once.
    /// </summary>
    public event Action? SubscriptionsInterrupted;

    public string KeyPrefix => _settings.KeyPrefix;

    /// <summary>Whether commands have a connection now; a hint, as always with networks.</summary>
    public bool IsConnected => _commands is { IsConnected: true };

    /// <summary>Returns when the first attempt to connect has ended, however it did; a Redis that is not there yet is tried on.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        // Results hop to the pool: a continuation that does real work must not stall the next answer.
        _commands = await ConnectAsync("commands", preserveOrder: false).WaitAsync(cancellationToken);

        // Messages of all channels in the order in which they came; handlers only take note.
        _subscriptions = await ConnectAsync("subscriptions", preserveOrder: true).WaitAsync(cancellationToken);
        _subscriptions.ConnectionFailed += (_, failure) => Interrupted(failure.ConnectionType);
        _subscriptions.ConnectionRestored += (_, restored) => Interrupted(restored.ConnectionType);
    }

    /// <summary>Runs the script; all keys are in one slot.</summary>
    public async Task<RedisResult> EvaluateAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await Database.ScriptEvaluateAsync(script.Hash, keys, arguments).WaitAsync(_settings.CommandTimeout, _clock).ConfigureAwait(false);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // Redis forgets scripts when it restarts or another primary takes over. Sent in full it runs and is known again.
            return await ExecuteAsync("EVAL", [script.Text, keys.Length, .. keys, .. arguments]).ConfigureAwait(false);
        }
        catch (Exception error) when (RedisErrors.IsUnavailable(error))
        {
            throw new StoreUnavailableException($"Redis did not answer {script.Name}.", error);
        }
    }

    /// <summary>Any other command; keys are given as <see cref="RedisKey"/>, so that a cluster's member can be found for them.</summary>
    public async Task<RedisResult> ExecuteAsync(string command, params object[] arguments)
    {
        try
        {
            return await Database.ExecuteAsync(command, arguments).WaitAsync(_settings.CommandTimeout, _clock).ConfigureAwait(false);
        }
        catch (Exception error) when (RedisErrors.IsUnavailable(error))
        {
            throw new StoreUnavailableException($"Redis did not answer {command}.", error);
        }
    }

    /// <summary>The handler is called on one thread at a time, in the order of publication; it takes note and returns at once.</summary>
    public async Task SubscribeAsync(string channel, Action<byte[]> handler)
    {
        var subscriptions = _subscriptions ?? throw NotOpen();
        try
        {
            await subscriptions.GetSubscriber()
                .SubscribeAsync(Literal(channel), (_, message) => handler(message!))
                .WaitAsync(_settings.CommandTimeout, _clock).ConfigureAwait(false);
        }
        catch (Exception error) when (RedisErrors.IsUnavailable(error))
        {
            throw new StoreUnavailableException("Redis did not take the subscription.", error);
        }
    }

    public async Task UnsubscribeAsync(string channel)
    {
        if (_subscriptions is { } subscriptions)
        {
            await subscriptions.GetSubscriber().UnsubscribeAsync(Literal(channel), null, CommandFlags.FireAndForget).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var multiplexer in new[] { _commands, _subscriptions })
        {
            if (multiplexer is not null)
            {
                await multiplexer.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
                multiplexer.Dispose();
            }
        }
    }

    private IDatabase Database => (_commands ?? throw NotOpen()).GetDatabase();

    private static RedisChannel Literal(string channel) => new(channel, RedisChannel.PatternMode.Literal);

    private static StoreUnavailableException NotOpen() => new("There is no connection to Redis yet.");

    private void Interrupted(ConnectionType type)
    {
        if (type == ConnectionType.Subscription)
        {
            SubscriptionsInterrupted?.Invoke();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(string name, bool preserveOrder)
    {
        var options = ConfigurationOptions.Parse(_settings.Configuration);
        options.ClientName = name;
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2_000;
        options.ConnectRetry = 1;
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
        multiplexer.PreserveAsyncOrder = preserveOrder;
        RedisLog.Opened(_logger, name, multiplexer.IsConnected);
        return multiplexer;
    }
}
