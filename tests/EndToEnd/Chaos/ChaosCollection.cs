namespace CoPilot.EndToEnd.Chaos;

/// <summary>Stories that keep two cores busy and hold servers to times: one after the other, and beside no other test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChaosCollection
{
    public const string Name = "chaos";
}
