using System.Globalization;
using CoPilot.ChatServer.Routing;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Names a call to its provider: the contact, and the fence that it has had since its agent took it. So whoever makes the same call, on any node and after any crash, names it
/// alike, and a status finds its contact without an index.
/// </summary>
internal static class CallAttemptId
{
    private const char Separator = '.';

    public static string Of(Contact call) => string.Create(CultureInfo.InvariantCulture, $"{call.ContactId}{Separator}{call.Fence}");

    /// <summary>Null for what names no call.</summary>
    public static (string ContactId, long Fence)? Read(string attemptId)
    {
        var end = attemptId.LastIndexOf(Separator);
        return end > 0 && long.TryParse(attemptId.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var fence)
            ? (attemptId[..end], fence)
            : null;
    }
}
