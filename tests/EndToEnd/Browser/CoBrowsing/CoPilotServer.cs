using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>One server for a class of Co-Pilot's stories; each has sessions of its own.</summary>
public sealed class CoPilotServer : IAsyncLifetime
{
    /// <summary>Far above what these stories do, which are told quickly from one address.</summary>
    private static readonly string[] Settings = ["--RateLimits:SignInsPerMinute=10000", "--CoBrowse:TriesPerAddressAndHour=10000"];

    public ServerProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await ServerProcess.StartAsync(Settings);

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
