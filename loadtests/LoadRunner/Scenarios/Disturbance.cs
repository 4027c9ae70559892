namespace CoPilot.LoadRunner.Scenarios;

/// <summary>What the coordinator does to the system in a phase.</summary>
/// <param name="At">After the phase's start.</param>
internal abstract record Disturbance(TimeSpan At);

/// <summary>A node gets SIGKILL and stays away.</summary>
internal sealed record NodeKilled(TimeSpan At, int Node = 0) : Disturbance(At);

/// <summary>Redis gets SIGKILL and is started again on what it has on disk.</summary>
internal sealed record RedisKilled(TimeSpan At, TimeSpan Away) : Disturbance(At);
