using System.Text.Json;
using System.Text.Json.Serialization;
using CoPilot.CoBrowse.Auditing;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>How engines write sessions and audit entries down.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CoBrowseSession))]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class SessionJson : JsonSerializerContext
{
    public static string Write(CoBrowseSession session) => JsonSerializer.Serialize(session, Default.CoBrowseSession);

    public static string Write(AuditEntry entry) => JsonSerializer.Serialize(entry, Default.AuditEntry);

    public static CoBrowseSession ReadSession(string json) => JsonSerializer.Deserialize(json, Default.CoBrowseSession)!;

    public static AuditEntry ReadEntry(string json) => JsonSerializer.Deserialize(json, Default.AuditEntry)!;
}
