namespace CoPilot.ChatServer.Callbacks;

/// <summary>The server dials nothing: the console shows the agent a <c>tel:</c> link.</summary>
internal sealed class LinkDialer : IDialer
{
    public Task<DialResult> DialAsync(
        DialRequest request, Func<CancellationToken, Task<bool>> stands, CancellationToken cancellationToken = default) =>
        Task.FromResult(DialResult.LeftToAgent);
}
