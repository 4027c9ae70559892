namespace CoPilot.ChatServer.Routing;

/// <summary>Where there is one node, it keeps every site.</summary>
internal sealed class OnlyKeeper : ISiteKeeper
{
    public Task<bool> KeepAsync(string siteId, CancellationToken cancellationToken = default) => Task.FromResult(true);

    public Task GiveUpAsync(string siteId, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
