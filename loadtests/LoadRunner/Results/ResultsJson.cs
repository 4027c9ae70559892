using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoPilot.LoadRunner.Results;

/// <summary>What was not measured is not a number, which plain JSON cannot say.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunResult))]
internal sealed partial class ResultsJson : JsonSerializerContext;
