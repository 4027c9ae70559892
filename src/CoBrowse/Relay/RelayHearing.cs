using Microsoft.Extensions.Hosting;

namespace CoPilot.CoBrowse.Relay;

/// <summary>Has <see cref="IWatcherNews"/> made with the host: what other nodes say is heard from the start, and not only once somebody has called the hub here.</summary>
internal sealed class RelayHearing : IHostedService
{
    public RelayHearing(IWatcherNews news) => _ = news;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
