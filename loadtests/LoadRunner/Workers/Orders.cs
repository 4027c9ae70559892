using System.Text.Json.Serialization;

namespace CoPilot.LoadRunner.Workers;

/// <summary>What the coordinator tells a worker: one line of JSON each, in this order. The end of the input ends the worker at once.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(WorkerPlan), "begin")]
[JsonDerivedType(typeof(PrepareOrder), "prepare")]
[JsonDerivedType(typeof(PhaseOrder), "phase")]
[JsonDerivedType(typeof(CheckOrder), "check")]
internal abstract record WorkerOrder;

/// <param name="Index">From 0 to <paramref name="Count"/>, which is how many workers there are.</param>
internal sealed record WorkerPlan(string Scenario, IReadOnlyDictionary<string, string> Options, int Index, int Count, Target Target) : WorkerOrder;

internal sealed record PrepareOrder : WorkerOrder;

/// <param name="Number">From 1; 0 is the preparation.</param>
/// <param name="At">The moment that it begins, by the clock that all processes of the machine share.</param>
internal sealed record PhaseOrder(int Number, long At) : WorkerOrder;

internal sealed record CheckOrder : WorkerOrder;
