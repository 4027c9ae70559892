using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Systems;

/// <summary>What is measured, started for a run and stopped with it.</summary>
internal interface ISystemUnderTest : IAsyncDisposable
{
    string Name { get; }

    Target Target { get; }

    /// <summary>Roles are <c>server</c> and <c>redis</c>. A process that was killed is not among them any more; one that was started again is.</summary>
    IReadOnlyList<(string Role, string Name, int ProcessId)> Processes { get; }

    /// <summary>SIGKILL.</summary>
    Task KillNodeAsync(int index);

    /// <summary>SIGKILL.</summary>
    Task KillRedisAsync();

    /// <summary>On what it has on disk.</summary>
    Task StartRedisAgainAsync();
}
