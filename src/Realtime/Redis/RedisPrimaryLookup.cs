using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>Asks the Sentinels who the primary is. For one caller at a time.</summary>
internal sealed class RedisPrimaryLookup(RedisConfiguration configuration, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>A Sentinel that is connected and silent for so long gets a new connection.</summary>
    private static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(10);

    private ConnectionMultiplexer? _sentinels;
    private long _allAnsweredAt;
    private volatile bool _anySilent;

    /// <summary>Null when no Sentinel answers within the limit or none knows the name.</summary>
    public async Task<EndPoint?> PrimaryAsync(TimeSpan limit)
    {
        var sentinels = await ConnectionAsync().ConfigureAwait(false);
        _anySilent = false;
        var answers = new List<Task<(long Epoch, EndPoint? Address)>>();
        foreach (var address in sentinels.GetEndPoints())
        {
            answers.Add(AskAsync(sentinels.GetServer(address), limit));
        }

        // The newest configuration wins: a Sentinel that was cut off names the primary of the past.
        (long Epoch, EndPoint? Address) newest = (-1, null);
        foreach (var answer in answers)
        {
            var each = await answer.ConfigureAwait(false);
            newest = each.Epoch > newest.Epoch ? each : newest;
        }

        _allAnsweredAt = _anySilent ? _allAnsweredAt : clock.GetTimestamp();
        return newest.Address;
    }

    public async ValueTask DisposeAsync()
    {
        if (_sentinels is { } sentinels)
        {
            _sentinels = null;
            await sentinels.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
            sentinels.Dispose();
        }
    }

    private async Task<ConnectionMultiplexer> ConnectionAsync()
    {
        if (_sentinels is not null && clock.GetElapsedTime(_allAnsweredAt) > SilenceAllowed)
        {
            await DisposeAsync().ConfigureAwait(false);
        }

        if (_sentinels is null)
        {
            _sentinels = await ConnectionMultiplexer.ConnectAsync(configuration.ForSentinels()).ConfigureAwait(false);
            _allAnsweredAt = clock.GetTimestamp();
        }

        return _sentinels;
    }

    private async Task<(long Epoch, EndPoint? Address)> AskAsync(IServer sentinel, TimeSpan limit)
    {
        if (!sentinel.IsConnected)
        {
            return (-1, null);
        }

        try
        {
            var state = sentinel.SentinelMasterAsync(configuration.ServiceName!);
            var address = sentinel.SentinelGetMasterAddressByNameAsync(configuration.ServiceName!);
            foreach (var (name, value) in await state.WaitAsync(limit, clock).ConfigureAwait(false))
            {
                if (name == "config-epoch")
                {
                    return (long.Parse(value, CultureInfo.InvariantCulture), await address.WaitAsync(limit, clock).ConfigureAwait(false));
                }
            }
        }
        catch (TimeoutException)
        {
            _anySilent = true;
        }
        catch (Exception error) when (error is RedisException || RedisErrors.IsUnavailable(error))
        {
            // It does not know the name, or its connection broke.
        }

        return (-1, null);
    }
}
