using System.Text.Json.Serialization;
using CoPilot.LoadRunner.Results;

namespace CoPilot.LoadRunner.Workers;

/// <summary>What a worker says on its output, one line of JSON each.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "said")]
[JsonDerivedType(typeof(PhaseEnded), "phase_ended")]
[JsonDerivedType(typeof(SecondPassed), "second")]
[JsonDerivedType(typeof(Checked), "checked")]
[JsonDerivedType(typeof(Broken), "broken")]
internal abstract record WorkerAnswer;

/// <param name="Number">As in <see cref="PhaseOrder"/>; the preparation ends with it too.</param>
internal sealed record PhaseEnded(int Number) : WorkerAnswer;

/// <summary>What has happened since the last one, for the progress view and for curves over time.</summary>
/// <param name="Second">Since the phase began, from 1.</param>
internal sealed record SecondPassed(int Phase, int Second, IReadOnlyList<StepText> Steps) : WorkerAnswer;

/// <summary>The last one. Only now is all told, because what was to happen in a phase may have ended after it.</summary>
/// <param name="Phases">The preparation is the first.</param>
internal sealed record Checked(Correctness Correctness, IReadOnlyList<PhaseText> Phases) : WorkerAnswer;

/// <summary>The worker cannot go on and ends.</summary>
internal sealed record Broken(string Why) : WorkerAnswer;

internal sealed record PhaseText(IReadOnlyList<StepText> Steps, IReadOnlyDictionary<string, long> Counters);

/// <param name="Histogram">As <see cref="Load.LatencyHistogram.Encode"/> makes it.</param>
internal sealed record StepText(string Name, string Histogram, IReadOnlyDictionary<string, long> Failed);
