using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoPilot.LoadRunner.Workers;

/// <summary>How coordinator and worker write to each other.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WorkerOrder))]
[JsonSerializable(typeof(WorkerAnswer))]
internal sealed partial class WorkerJson : JsonSerializerContext;
