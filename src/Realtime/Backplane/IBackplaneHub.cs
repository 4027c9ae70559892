namespace CoPilot.Realtime.Backplane;

/// <summary>A hub's half of the backplane on this node, as <see cref="BackplanePump"/> knows it.</summary>
internal interface IBackplaneHub
{
    /// <summary>What nodes know the hub by: its type's full name.</summary>
    string HubName { get; }

    /// <summary>One frame, in the order of arrival, on the pump: returns at once.</summary>
    void Receive(byte kind, ref FrameReader frame);

    /// <summary>Redis may have lost what this node entered.</summary>
    Task RecoverAsync(CancellationToken cancellationToken);

    void NodesLost(IReadOnlyCollection<string> nodeIds);

    /// <summary>The node stops; its connections have ended. Leaves nothing behind in Redis.</summary>
    Task LeaveAsync();

    /// <summary>Called every few seconds.</summary>
    Task TendAsync(CancellationToken cancellationToken);
}
