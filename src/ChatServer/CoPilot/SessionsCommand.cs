using System.Globalization;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sites;
using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>
/// <c>sessions list | audit</c>: what Co-Pilot's sessions were, and whether anybody took something out of them, from the command line beside servers that may be running
/// meanwhile.
/// </summary>
internal sealed class SessionsCommand(ISessionStore store, ISiteCatalog sites, TextWriter output)
{
    public const string Usage = """
        Usage:
          sessions list [--site SITE]
          sessions audit SESSION [--site SITE]
        Settings of the server may follow, such as --DataFolder=PATH or --ConnectionStrings:Redis=HOST:PORT.
        """;

    private const string SiteOption = "--site";
    private const int ReadAtOnce = 100;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (!CommandWords.TryParse(arguments, [SiteOption], out var given, out var fault) || given.Words is not (["list"] or ["audit", _]))
        {
            await errors.WriteLineAsync($"{fault ?? "Something is missing or too much."}\n{Usage}");
            return AgentsCommand.Misused;
        }

        await using var app = Build(given.Settings);
        app.Services.CheckConfiguration();
        await app.Services.GetRequiredService<IEngine>().OpenAsync();
        var command = ActivatorUtilities.CreateInstance<SessionsCommand>(app.Services, output);
        if (await command.TryRunAsync(given.Words, given.Options.GetValueOrDefault(SiteOption)) is not { } refusal)
        {
            return AgentsCommand.Succeeded;
        }

        await errors.WriteLineAsync(refusal);
        return AgentsCommand.Failed;
    }

    private static WebApplication Build(string[] settings)
    {
        var builder = ServerBuilder.Create(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddServer();
        builder.AddEngineForSessions();
        builder.Services.AddSites();
        return builder.Build();
    }

    /// <summary>Answers what is wrong; null when nothing is.</summary>
    private async Task<string?> TryRunAsync(string[] words, string? siteId)
    {
        if (siteId is not null && !sites.TryGet(siteId, out _))
        {
            return $"There is no site '{siteId}'.";
        }

        string[] siteIds = siteId is null ? [.. sites.All.Select(site => site.Id).Order(StringComparer.Ordinal)] : [siteId];
        try
        {
            return words is ["audit", var sessionId] ? await AuditAsync(siteIds, sessionId) : await ListAsync(siteIds);
        }
        catch (StoreUnavailableException unavailable)
        {
            return $"The sessions are out of reach. {unavailable.Message}";
        }
    }

    private async Task<string?> AuditAsync(string[] siteIds, string sessionId)
    {
        foreach (var siteId in siteIds)
        {
            if (await store.FindAsync(siteId, sessionId) is not null)
            {
                return await AuditAsync(siteId, sessionId);
            }
        }

        return $"There is no session '{sessionId}'.";
    }

    private async Task<string?> AuditAsync(string siteId, string sessionId)
    {
        var (session, audit) = await ReadAsync(siteId, sessionId);
        await output.WriteLineAsync(Describe(session));
        foreach (var entry in audit)
        {
            await output.WriteLineAsync($"{entry.Number,4}  {Format(entry.At)}  {entry.Role} {entry.Who}  {entry.What} {entry.Data}".TrimEnd());
        }

        if (AuditChain.FindBreak(session, audit) is { } broken)
        {
            return $"The audit is not what was written, from entry {broken} on.";
        }

        await output.WriteLineAsync($"The audit is whole; its last hash is {session.Audit.Hash}.");
        return null;
    }

    /// <summary>A session goes on meanwhile: its entries are those of the document only when that is the same before and after them.</summary>
    private async Task<(CoBrowseSession Session, IReadOnlyList<AuditEntry> Audit)> ReadAsync(string siteId, string sessionId)
    {
        while (true)
        {
            var before = (await store.FindAsync(siteId, sessionId))!;
            var audit = await store.ReadAuditAsync(siteId, sessionId);
            if ((await store.FindAsync(siteId, sessionId))?.Version == before.Version)
            {
                return (before.Session, audit);
            }
        }
    }

    private async Task<string?> ListAsync(string[] siteIds)
    {
        var missing = 0L;
        foreach (var siteId in siteIds)
        {
            missing += await ListAsync(siteId);
        }

        return missing == 0 ? null : $"Sessions that are missing: {missing}.";
    }

    /// <summary>Answers how many are missing.</summary>
    private async Task<long> ListAsync(string siteId)
    {
        var (seen, missing) = (0L, 0L);
        while (true)
        {
            var (last, sessions) = await store.ListAsync(siteId, seen, ReadAtOnce);
            foreach (var session in sessions)
            {
                missing += await SayMissingAsync(siteId, seen, session.Number);
                await output.WriteLineAsync(Describe(session));
                seen = session.Number;
            }

            if (sessions.Count == 0)
            {
                return missing + await SayMissingAsync(siteId, seen, last + 1);
            }
        }
    }

    /// <param name="before">The numbers between this one and <paramref name="next"/> are nobody's.</param>
    private async Task<long> SayMissingAsync(string siteId, long before, long next)
    {
        var count = Math.Max(0, next - before - 1);
        if (count > 0)
        {
            await output.WriteLineAsync($"{siteId} {before + 1}{(count > 1 ? $" to {next - 1}" : "")}  MISSING");
        }

        return count;
    }

    private static string Describe(CoBrowseSession session) =>
        $"{session.SiteId} {session.Number}  {session.SessionId}  agent {session.AgentId}  until {Format(session.EndsAt)}  {session.State} {session.EndReason}".TrimEnd()
        + (session.IsFlagged ? "  FLAGGED: the customer had not called the shop" : "");

    private static string Format(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
