using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CoPilot.CoBrowse.Sessions;

namespace CoPilot.CoBrowse.Auditing;

/// <summary>
/// Makes audit entries hold each other: each one's hash is SHA-256 over the hash before it and its own canonical JSON, and the first stands on the site, the session
/// and its number. Who changes, takes out or swaps entries has to make every later hash anew, and who takes out a session leaves a hole in the numbers.
/// </summary>
public static class AuditChain
{
    /// <summary>What the first entry stands on.</summary>
    public static AuditHead Begin(string siteId, string sessionId, long number) =>
        new(0, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"copilot audit 1\n{siteId}\n{sessionId}\n{number}"))));

    public static AuditEntry Append(AuditHead head, AuditNote note, DateTimeOffset at)
    {
        // As finely as it is kept.
        at = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var entry = new AuditEntry(head.Count + 1, at, note.Role, note.Who, note.What, note.Data, "");
        return entry with { Hash = HashOf(head.Hash, entry) };
    }

    /// <summary>The number of the first entry that is not what was written; one past the last when the end is missing; null when the chain is whole.</summary>
    public static long? FindBreak(CoBrowseSession session, IReadOnlyList<AuditEntry> entries)
    {
        var head = Begin(session.SiteId, session.SessionId, session.Number);
        foreach (var entry in entries)
        {
            if (entry.Number != head.Count + 1 || entry.Hash != HashOf(head.Hash, entry))
            {
                return head.Count + 1;
            }

            head = new AuditHead(entry.Number, entry.Hash);
        }

        return head == session.Audit ? null : head.Count + 1;
    }

    private static string HashOf(string before, AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("number", entry.Number);
            json.WriteNumber("at", entry.At.ToUnixTimeMilliseconds());
            json.WriteString("role", entry.Role);
            json.WriteString("who", entry.Who);
            json.WriteString("what", entry.What);
            json.WriteString("data", entry.Data);
            json.WriteEndObject();
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(before));
        hash.AppendData(buffer.WrittenSpan);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
