namespace CoPilot.LoadRunner.Scenarios.Connecting;

/// <summary>How people connect to a system. Thread-safe.</summary>
internal interface IEntrance : IAsyncDisposable
{
    /// <summary>Gets what a person has before they connect, such as a token, and says nothing about how long connecting takes.</summary>
    Task InviteAsync(int people, CancellationToken stop);

    /// <summary>Connects the next of them, who stays, and answers the server's pings, until disposed. Answers null when all are connected already.</summary>
    /// <param name="lost">Called when the server or the network ends it.</param>
    Task<IDisposable?> ConnectNextAsync(Action<Exception> lost, CancellationToken stop);
}
