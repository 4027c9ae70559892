using CoPilot.Realtime.Redis.Pipeline;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// This process's way to Redis, to one server, to the primary that Sentinels name, or to a cluster; the classes behind it know the client library's traits.
/// Commands go over a pipeline where the server stands alone, else over a multiplexer, and so do subscriptions, each over connections of their own. Nothing here waits for a connection from a pool. Thread-safe.
/// <para><b>Failure.</b> Redis out of reach, too slow, loading, read-only or without room is a <see cref="StoreUnavailableException"/>, at once or at the latest after
/// <see cref="RedisSettings.CommandTimeout"/>; the outcome of the command is then unknown. Connections come back by themselves.</para>
/// <para><b>Order.</b> What one caller awaits before its next command is carried out before it. Commands that are under way together have no order: the first
/// use of a script after Redis forgot it takes a second turn.</para>
/// </summary>
public sealed class RedisConnections : IAsyncDisposable
{
    private readonly RedisSettings _settings;
    private readonly TimeProvider _clock;
    private readonly RedisMetrics? _metrics;
    private readonly CommandDeadline _deadline;
    private readonly RedisSubscriptions _subscriptions = new();
    private readonly UnknownScripts _unknown = new();
    private readonly RedisWatch _watch;

    /// <exception cref="FormatException">The connection string cannot be used; the message says why and holds none of its values.</exception>
    public RedisConnections(RedisSettings settings, TimeProvider clock, ILogger<RedisConnections> logger, RedisMetrics? metrics = null)
    {
        (_settings, _clock, _metrics) = (settings, clock, metrics);
        Configuration = RedisConfiguration.Parse(settings.Configuration);
        _deadline = new CommandDeadline(settings.CommandTimeout, clock);
        _watch = new RedisWatch(Configuration, _subscriptions, settings.CommandTimeout, clock, logger, metrics);
    }

    /// <summary>
    /// The connection that subscriptions live on broke, or subscriptions were made anew on it or on another primary's: what was published meanwhile is lost.
    /// Raised on any thread, also the library's: a handler takes note and returns at once.
    /// </summary>
    public event Action? SubscriptionsInterrupted
    {
        add => _watch.Interrupted += value;
        remove => _watch.Interrupted -= value;
    }

    public string KeyPrefix => _settings.KeyPrefix;

    /// <summary>Whether commands have a connection now; a hint, as always with networks.</summary>
    internal bool IsConnected => Generation is { IsUsable: true };

    internal RedisGeneration? Generation => _watch.Current;

    internal RedisConfiguration Configuration { get; }

    /// <summary>Returns when the first attempt to connect has ended, however it did; a Redis that is not there yet is tried on.</summary>
    /// <exception cref="RedisRefusedException">It is there and the password is wrong or missing, or its certificate is not trusted.</exception>
    public Task OpenAsync(CancellationToken cancellationToken = default) => _watch.StartAsync().WaitAsync(cancellationToken);

    /// <summary>Runs the script; all keys are in one slot, and text.</summary>
    /// <exception cref="RedisErrorException">The script, or what it was given, is at fault.</exception>
    public async Task<RedisReply> EvaluateAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        var start = _metrics?.Start() ?? 0;
        try
        {
            var generation = Usable();
            var request = new EvaluateRequest(script, keys, arguments, InFull: false);
            var lessons = _unknown.Lessons;
            var reply = await SendAsync(generation, request).ConfigureAwait(false);
            if (RedisErrors.IsUnknownScript(reply.Error))
            {
                reply = await SendAgainAsync(generation, request, lessons).ConfigureAwait(false);
            }

            return Answered(script.Name, start, reply);
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed(script.Name, error);
        }
    }

    /// <summary>
    /// Any other command that has one reply at once; keys are given as <see cref="RedisKey"/>, so that a cluster's member can be found for them. Arguments are texts,
    /// bytes, integers, keys and values.
    /// </summary>
    /// <exception cref="RedisErrorException">The command, or what it was given, is at fault.</exception>
    public async Task<RedisReply> ExecuteAsync(string command, params object[] arguments)
    {
        var start = _metrics?.Start() ?? 0;
        try
        {
            var generation = Usable();
            var request = new ExecuteRequest(command, arguments);
            var reply = await (generation.Pipeline?.Send(request) ?? ThroughLibraryAsync(generation, request)).ConfigureAwait(false);
            return Answered(command, start, reply);
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed(command, error);
        }
    }

    /// <summary>
    /// The handler is called on one thread at a time, in the order of publication; unless it is told that Redis is held back meanwhile, it takes note and returns at
    /// once. In neither case may it block: who asks for a renewal would wait for it. A subscription lasts over broken connections
    /// and other primaries until it is taken back; a second handler for a channel takes the first one's place.
    /// </summary>
    public async Task SubscribeAsync(string channel, RedisMessageHandler handler)
    {
        try
        {
            await _subscriptions.AddAsync(Usable().Source, channel, handler, _deadline.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed("SUBSCRIBE", error);
        }
    }

    /// <summary>
    /// For who hears nothing although the connection stands: all subscriptions are made anew soon, which costs what is published at that moment and is told by
    /// <see cref="SubscriptionsInterrupted"/>.
    /// </summary>
    public void RenewSubscriptions() => _watch.RenewSubscriptions();

    public void Unsubscribe(string channel) => _subscriptions.Remove(channel);

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        _subscriptions.Dispose();
    }

    /// <summary>Every server that is connected now.</summary>
    internal IReadOnlyList<RedisAsked> Servers() => [.. Usable().Servers().Select(server => new RedisAsked(server, _settings.CommandTimeout, _clock))];

    private Task<RedisReply> SendAsync(RedisGeneration generation, EvaluateRequest request) =>
        generation.Pipeline?.Send(request) ?? ThroughLibraryAsync(generation, request);

    private Task<RedisReply> SendAgainAsync(RedisGeneration generation, EvaluateRequest request, long lessonsBefore) => _unknown.CallAsync(
        generation.Pipeline is null ? request.Script : request.Script.Library ?? (object)request.Script,
        lessonsBefore,
        () => SendAsync(generation, request),
        () => TeachAsync(generation, request));

    private async Task<RedisReply> TeachAsync(RedisGeneration generation, EvaluateRequest request)
    {
        if (request.Script.Library is not { } library
            || generation.Pipeline?.Send(new ExecuteRequest("FUNCTION", ["LOAD", "REPLACE", library.Text])) is not { } loading)
        {
            return await SendAsync(generation, request with { InFull = true }).ConfigureAwait(false);
        }

        var loaded = await loading.ConfigureAwait(false);
        return loaded.Error is null ? await SendAsync(generation, request).ConfigureAwait(false) : loaded;
    }

    /// <summary>By its hash a function too: the library cannot load one into each member of a cluster.</summary>
    private Task<RedisReply> ThroughLibraryAsync(RedisGeneration generation, EvaluateRequest request) => ThroughLibraryAsync(
        request.InFull
            ? generation.Database.ExecuteAsync("EVAL", [request.Script.Text, request.Keys.Length, .. request.Keys, .. request.Arguments])
            : generation.Database.ScriptEvaluateAsync(request.Script.Hash, request.Keys, request.Arguments));

    private Task<RedisReply> ThroughLibraryAsync(RedisGeneration generation, ExecuteRequest request) =>
        ThroughLibraryAsync(generation.Database.ExecuteAsync(request.Command, request.Arguments));

    private async Task<RedisReply> ThroughLibraryAsync(Task<RedisResult> answer)
    {
        try
        {
            return RedisReply.Of(await answer.WaitAsync(_deadline.Token).ConfigureAwait(false));
        }
        catch (RedisServerException error) when (!RedisErrors.IsUnavailable(error))
        {
            return RedisReply.OfError(error.Message);
        }
    }

    private RedisReply Answered(string command, long start, RedisReply reply)
    {
        if (reply.Error is { } error)
        {
            throw new RedisErrorException(error);
        }

        _metrics?.Answered(command, start);
        return reply;
    }

    private static bool IsFailure(Exception error) => error is StoreUnavailableException || RedisErrors.IsUnavailable(error);

    private RedisGeneration Usable() =>
        Generation is { IsUsable: true } usable ? usable : throw new StoreUnavailableException("There is no connection to Redis.");

    private StoreUnavailableException Failed(string command, Exception error)
    {
        _metrics?.Failed(command, RedisErrors.Reason(error));
        if (RedisErrors.MayHaveMoved(error))
        {
            _watch.Wake();
        }

        return error as StoreUnavailableException ?? new StoreUnavailableException($"Redis did not carry out {command}.", error);
    }
}
