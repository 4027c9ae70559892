using CoPilot.LoadRunner.Scenarios;

namespace CoPilot.LoadRunner.Runs;

/// <summary>Who watches a run. Calls come from several threads.</summary>
internal interface IRunProgress
{
    /// <summary>What is done now that is no phase.</summary>
    void Say(string what);

    /// <param name="phase">Null is the preparation.</param>
    /// <param name="seen">Grows as it runs.</param>
    void Begin(Phase? phase, PhaseView seen);
}

/// <summary>Nobody watches.</summary>
internal sealed class NoProgress : IRunProgress
{
    public void Say(string what)
    {
    }

    public void Begin(Phase? phase, PhaseView seen)
    {
    }
}
