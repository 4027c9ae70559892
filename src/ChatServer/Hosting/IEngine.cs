namespace CoPilot.ChatServer.Hosting;

/// <summary>What the state of this server lives in, as the host sees it. One per process.</summary>
internal interface IEngine
{
    /// <summary>For the third line of the start.</summary>
    string DataFolder { get; }

    /// <summary>Whether who reads from it holds their thread meanwhile.</summary>
    bool Blocks { get; }

    /// <summary>Before anything else starts, and after the configuration was checked.</summary>
    /// <exception cref="StartupException">It cannot be used, and the operator can do something about it.</exception>
    Task OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>What keeps this node from serving now, in a few words for an operator; null when nothing does. Answers within a second or so. Thread-safe.</summary>
    Task<string?> FindTroubleAsync();
}
