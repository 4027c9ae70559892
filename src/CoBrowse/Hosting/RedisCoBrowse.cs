using CoPilot.CoBrowse.Hubs;
using CoPilot.Realtime.Backplane;

namespace CoPilot.CoBrowse.Hosting;

/// <summary>Connections of Co-Pilot's own to the Redis that the host checks too.</summary>
internal sealed class RedisCoBrowse(HubRedis<CoBrowseHub> redis) : ICoBrowseEngine
{
    private volatile bool _wasReady;

    /// <summary>Connections are opened with the host. A Redis that is not there yet does not keep the node from starting.</summary>
    public void Open()
    {
    }

    /// <summary>Only until it heard them once: what goes wrong later goes wrong for Co-Pilot alone, and chat must not lose its nodes for it.</summary>
    public string? FindTrouble() => (_wasReady |= redis.Bus.IsReady) ? null : "Co-Pilot does not hear the other nodes yet";
}
