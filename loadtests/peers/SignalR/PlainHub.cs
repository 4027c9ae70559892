using Microsoft.AspNetCore.SignalR;

namespace CoPilot.PlainSignalR;

/// <summary>What a chat on SignalR is at the least: groups, without signing in, keeping or counting by conversation.</summary>
internal sealed class PlainHub(PlainOptions options) : Hub
{
    private static long _sent;

    public Task Join(string conversation) => Groups.AddToGroupAsync(Context.ConnectionId, conversation);

    /// <summary>Answers a number, as the acknowledgement.</summary>
    public async Task<long> Send(string conversation, string text)
    {
        var hearers = options.OthersOnly ? Clients.OthersInGroup(conversation) : Clients.Group(conversation);
        await hearers.SendAsync("Message", conversation, text);
        return Interlocked.Increment(ref _sent);
    }
}

/// <param name="OthersOnly">Who sends does not hear it.</param>
internal sealed record PlainOptions(bool OthersOnly);
