namespace CoPilot.CoBrowse.Sessions;

/// <summary>What the host knows of where agents see pages. Safe to call from any thread.</summary>
public interface IPageViewer
{
    /// <summary>The page that the agent's console frames; null when there is none, and no agent sees a page.</summary>
    string? Url { get; }
}
