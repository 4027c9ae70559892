using System.Diagnostics.CodeAnalysis;

namespace CoPilot.ChatServer.Sites;

/// <summary>The sites this server serves. Fixed for the life of the process; safe to read from any thread.</summary>
public interface ISiteCatalog
{
    IReadOnlyCollection<Site> All { get; }

    bool TryGet(string siteId, [NotNullWhen(true)] out Site? site);
}
