using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// Keeps a <see cref="RedisGeneration"/> that works in place: every second, and as soon as a connection breaks or a command fails, it asks the Sentinels for
/// the primary, asks the servers whether they answer, replaces the generation where that is due and renews subscriptions that may be gone.
/// </summary>
internal sealed class RedisWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Between two rounds at least, however many commands fail.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan SentinelLimit = TimeSpan.FromSeconds(1);

    /// <summary>The library reconnects about every second; one that did not for so long gets a successor.</summary>
    private static readonly TimeSpan UnconnectedAllowed = TimeSpan.FromSeconds(15);

    private readonly RedisConfiguration _configuration;
    private readonly RedisSubscriptions _subscriptions;
    private readonly TimeSpan _answerLimit;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly RedisMetrics? _metrics;
    private readonly RedisOutages _outages;
    private readonly RedisPrimaryLookup? _lookup;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private Task _watching = Task.CompletedTask;
    private volatile RedisGeneration? _current;
    private volatile bool _mustRenew;
    private volatile string _lastFailure = "no connection";

    public RedisWatch(
        RedisConfiguration configuration, RedisSubscriptions subscriptions, TimeSpan answerLimit, TimeProvider clock, ILogger logger, RedisMetrics? metrics)
    {
        (_configuration, _subscriptions, _answerLimit, _clock, _logger, _metrics) = (configuration, subscriptions, answerLimit, clock, logger, metrics);
        _outages = new RedisOutages(logger);
        _lookup = configuration.ServiceName is null ? null : new RedisPrimaryLookup(configuration, clock);
    }

    /// <summary>On any thread; handlers take note and return at once.</summary>
    public event Action? Interrupted;

    public RedisGeneration? Current => _current;

    /// <exception cref="RedisRefusedException">The password is wrong or missing, or the certificate is not trusted.</exception>
    public async Task StartAsync()
    {
        try
        {
            await RoundAsync().ConfigureAwait(false);
            if (_current is { } first)
            {
                await first.RequireAdmissionAsync(_answerLimit, _clock).ConfigureAwait(false);
            }
        }
        finally
        {
            _watching = WatchAsync();
        }
    }

    /// <summary>Subscriptions are made anew, although nothing told that they are gone.</summary>
    public void RenewSubscriptions()
    {
        _mustRenew = true;
        Wake();
    }

    /// <summary>Something failed: have a look now.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another one woke it.
            }
            catch (ObjectDisposedException)
            {
                // The application ends.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        if (_current is { } current)
        {
            await current.DisposeAsync().ConfigureAwait(false);
        }

        if (_lookup is not null)
        {
            await _lookup.DisposeAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
        _wake.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pause, _clock, _stopping.Token).ConfigureAwait(false);
                await _wake.WaitAsync(Period - Pause, _stopping.Token).ConfigureAwait(false);
                await GuardedRoundAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private async Task GuardedRoundAsync()
    {
        try
        {
            await RoundAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever happens, somebody has to watch on; and who stops has still to close the connections.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!_stopping.IsCancellationRequested)
            {
                RedisLog.WatchFailed(_logger, error);
            }
        }
    }

    private async Task RoundAsync()
    {
        EndPoint? primary = null;
        if (_lookup is not null)
        {
            primary = await _lookup.PrimaryAsync(SentinelLimit).ConfigureAwait(false) ?? _current?.Primary;
            if (primary is null)
            {
                _outages.ReportNoPrimary(_configuration.ServiceName!);
                return;
            }
        }

        var current = _current;
        if (current is null || !Equals(primary, current.Primary))
        {
            await ReplaceAsync(primary).ConfigureAwait(false);
        }
        else if (await current.SilentAsync(_answerLimit, _clock).ConfigureAwait(false) is { Count: > 0 } silent)
        {
            _outages.Report(silent, "no answer");
            await ReplaceAsync(primary).ConfigureAwait(false);
        }
        else if (!current.IsConnected && _clock.GetElapsedTime(current.OpenedAt) > UnconnectedAllowed)
        {
            await ReplaceAsync(primary).ConfigureAwait(false);
        }

        if (await _current!.OpenListenerAsync().ConfigureAwait(false))
        {
            _metrics?.Reconnected();
            _mustRenew = true;
        }

        await RenewAsync().ConfigureAwait(false);
        if (await _current!.OpenPipelineAsync().ConfigureAwait(false))
        {
            _metrics?.Reconnected();
        }

        _outages.Report(_current!.Missing(), _lastFailure);
    }

    /// <summary>The old generation serves until the new one has tried to connect.</summary>
    private async Task ReplaceAsync(EndPoint? primary)
    {
        var old = _current;
        var next = await RedisGeneration.OpenAsync(_configuration, primary, _answerLimit, _clock).ConfigureAwait(false);
        next.Watch(failed => Failed(next, failed), restored => Restored(next, restored), address => PipelineEnded(next, address), address => ListenerEnded(next, address));
        _current = next;
        _mustRenew = true;
        if (old is null)
        {
            return;
        }

        if (!Equals(old.Primary, primary))
        {
            RedisLog.PrimaryChanged(_logger, RedisAddress.Of(primary!));
        }

        _metrics?.Reconnected();
        Interrupted?.Invoke();
        await old.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RenewAsync()
    {
        if (!_mustRenew || _current is not { } current)
        {
            return;
        }

        // Before the work: what breaks meanwhile asks for another time.
        _mustRenew = false;
        try
        {
            using var deadline = new CancellationTokenSource(_answerLimit, _clock);
            await _subscriptions.RenewAsync(current.Source, deadline.Token).ConfigureAwait(false);
            Interrupted?.Invoke();
        }
        catch (Exception error) when (error is StoreUnavailableException || RedisErrors.IsUnavailable(error))
        {
            _mustRenew = true;
        }
    }

    /// <summary>On the library's thread.</summary>
    private void Failed(RedisGeneration generation, ConnectionFailedEventArgs connection)
    {
        if (!ReferenceEquals(generation, _current) || _stopping.IsCancellationRequested)
        {
            return;
        }

        _lastFailure = connection.FailureType.ToString();
        RedisLog.ConnectionEnded(_logger, RedisAddress.Of(connection.EndPoint), _lastFailure);
        if (connection.ConnectionType == ConnectionType.Subscription && generation.ListensByLibrary)
        {
            _mustRenew = true;
            Interrupted?.Invoke();
        }

        Wake();
    }

    /// <summary>On the library's thread.</summary>
    private void Restored(RedisGeneration generation, ConnectionFailedEventArgs connection)
    {
        if (!ReferenceEquals(generation, _current))
        {
            return;
        }

        _metrics?.Reconnected();
        _mustRenew |= connection.ConnectionType == ConnectionType.Subscription && generation.ListensByLibrary;
        Wake();
    }

    /// <summary>On any thread. Commands go through the library until the next round has opened it anew.</summary>
    private void PipelineEnded(RedisGeneration generation, EndPoint address)
    {
        if (ReferenceEquals(generation, _current) && !_stopping.IsCancellationRequested)
        {
            RedisLog.ConnectionEnded(_logger, RedisAddress.Of(address), "pipeline");
            Wake();
        }
    }

    /// <summary>On any thread. The next round opens it anew, or has the library listen, and renews subscriptions there.</summary>
    private void ListenerEnded(RedisGeneration generation, EndPoint address)
    {
        if (ReferenceEquals(generation, _current) && !_stopping.IsCancellationRequested)
        {
            RedisLog.ConnectionEnded(_logger, RedisAddress.Of(address), "listener");
            _mustRenew = true;
            Interrupted?.Invoke();
            Wake();
        }
    }
}
