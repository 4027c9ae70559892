using System.Reflection;

namespace CoPilot.Realtime.Sqlite;

/// <summary>One step of the schema: a script that runs once.</summary>
internal sealed record SchemaStep(string Name, string Script);

/// <summary>
/// Brings the schema forward: embedded scripts named <c>&lt;date&gt;_&lt;nn&gt;_&lt;What&gt;.sql</c> run once each, in the order of
/// their names, each with its row of <c>schema_history</c> in one transaction. There is no way back.
/// </summary>
internal static class SqliteMigrations
{
    private const string Prefix = "Migrations/";

    public static IReadOnlyList<SchemaStep> ReadScripts(Assembly owner) =>
        [.. owner.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SchemaStep(name, ReadScript(owner, name)))];

    public static void Apply(SqliteSession session, IReadOnlyList<SchemaStep> steps)
    {
        session.ExecuteOnce("CREATE TABLE IF NOT EXISTS schema_history (name TEXT PRIMARY KEY) WITHOUT ROWID, STRICT");
        var applied = session.Query("SELECT name FROM schema_history", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
        if (applied.Except(steps.Select(step => step.Name)).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException(
                $"The data folder was written by a newer version of CoPilot: it has the schema step '{unknown}', which this version does not know.");
        }

        foreach (var step in steps.Where(step => !applied.Contains(step.Name)))
        {
            session.Execute("BEGIN IMMEDIATE");

            // A server and a command that open the folder in the same moment both see the step missing; the second waits here for the first.
            if (session.Scalar("SELECT 1 FROM schema_history WHERE name = $1", step.Name) is null)
            {
                session.ExecuteOnce(step.Script);
                session.Execute("INSERT INTO schema_history (name) VALUES ($1)", step.Name);
            }

            session.Execute("COMMIT");
        }
    }

    private static string ReadScript(Assembly owner, string name)
    {
        using var stream = owner.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
