using System.Net;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Redis;

/// <summary>Says once that a server is out of reach and once that it is back, however many commands failed meanwhile. For one caller at a time.</summary>
internal sealed class RedisOutages(ILogger logger)
{
    private readonly HashSet<string> _away = new(StringComparer.Ordinal);

    /// <summary>Whoever was out of reach and is not among these is back.</summary>
    public void Report(IEnumerable<EndPoint> away, string reason) => Report([.. away.Select(RedisAddress.Of)], reason);

    /// <summary>No Sentinel names a primary.</summary>
    public void ReportNoPrimary(string serviceName) => Report([serviceName], "no Sentinel names a primary");

    private void Report(HashSet<string> away, string reason)
    {
        foreach (var address in away)
        {
            if (_away.Add(address))
            {
                RedisLog.Away(logger, address, reason);
            }
        }

        foreach (var address in _away)
        {
            if (!away.Contains(address))
            {
                _away.Remove(address);
                RedisLog.Back(logger, address);
            }
        }
    }
}
