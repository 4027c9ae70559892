namespace CoPilot.CoBrowse.Hosting;

/// <summary>What Co-Pilot's state lives in, as the host sees it. One per process.</summary>
public interface ICoBrowseEngine
{
    /// <summary>Before anything else starts.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message is for the operator.</exception>
    void Open();

    /// <summary>What keeps this node from being ready as far as Co-Pilot is asked, in a few words for an operator; null when nothing does. Thread-safe.</summary>
    string? FindTrouble();
}
