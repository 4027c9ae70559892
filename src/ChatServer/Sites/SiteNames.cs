using System.Text.RegularExpressions;

namespace CoPilot.ChatServer.Sites;

/// <summary>Names of sites, topics and queues: they appear in URLs, logs and keys, so they are plain.</summary>
public static partial class SiteNames
{
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9-]{1,100}\z")]
    private static partial Regex Pattern();
}
