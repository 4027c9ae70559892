using System.Security.Claims;
using CoPilot.ChatServer.Identity;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

/// <summary>SignalR's user is our customer or agent, by the id in the token.</summary>
internal sealed class CallerUserIdProvider : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirstValue(CallerClaims.Id);
}
