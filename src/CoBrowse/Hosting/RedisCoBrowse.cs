using CoPilot.CoBrowse.Hubs;
using CoPilot.Realtime.Backplane;

namespace CoPilot.CoBrowse.Hosting;

/// <summary>Connections of Co-Pilot's own to the Redis that the host checks too.</summary>
internal sealed class RedisCoBrowse(HubRedis<CoBrowseHub> redis) : ICoBrowseEngine
{
    /// <summary>Connections are opened with the host. A Redis that is not there yet does not keep the node from starting.</summary>
    public void Open()
    {
    }

    public string? FindTrouble() => redis.Bus.IsReady ? null : "Co-Pilot does not hear the other nodes yet";
}
