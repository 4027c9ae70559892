using CoPilot.LoadRunner.Results;

namespace CoPilot.LoadRunner.Scenarios.Relaying;

/// <summary>What a session costs. Pointers and whatever else servers do meanwhile is counted in.</summary>
internal static class RelayFigures
{
    private const double Million = 1_000_000;
    private const double Thousand = 1_000;
    private const double SecondsOfAMinute = 60;

    public static IReadOnlyList<Figure> Of(PhaseResult phase, int sessions)
    {
        var (server, redis) = (CpuSeconds(phase, "server"), CpuSeconds(phase, "redis"));
        var seen = phase.Steps.SingleOrDefault(step => step.Name == RelaySteps.SeenFrames)?.Ok ?? 0;
        var bytes = phase.Counters.SingleOrDefault(counter => counter.Name == RelaySteps.ShownBytes)?.Count ?? 0;
        return
        [
            new("server CPU for each frame seen", server / seen * Million, "µs"),
            new("Redis CPU for each frame seen", redis / seen * Million, "µs"),
            new("sessions that one core of the servers carries", sessions / (server / phase.Seconds), ""),
            new("frames of each session", seen / phase.Seconds * SecondsOfAMinute / sessions, "a minute"),
            new("frames of each session, compressed", bytes / phase.Seconds * SecondsOfAMinute / sessions / Thousand, "kB a minute"),
        ];
    }

    private static double CpuSeconds(PhaseResult phase, string role) => phase.Processes.Where(process => process.Role == role).Sum(process => process.CpuSeconds);
}
