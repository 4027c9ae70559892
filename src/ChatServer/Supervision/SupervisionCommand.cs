using System.Globalization;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Supervision;

/// <summary><c>supervision list</c>: what supervisors did, from the command line beside servers that may be running meanwhile.</summary>
internal sealed class SupervisionCommand(ISupervisionActs acts, ISiteCatalog sites, TextWriter output)
{
    public const string Usage = """
        Usage:
          supervision list [--site SITE]
        Settings of the server may follow, such as --DataFolder=PATH or --ConnectionStrings:Redis=HOST:PORT.
        """;

    private const string SiteOption = "--site";
    private const int ReadAtOnce = 100;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (!CommandWords.TryParse(arguments, [SiteOption], out var given, out var fault) || given.Words is not ["list"])
        {
            await errors.WriteLineAsync($"{fault ?? "Something is missing or too much."}\n{Usage}");
            return AgentsCommand.Misused;
        }

        await using var app = Build(given.Settings);
        app.Services.CheckConfiguration();
        await app.Services.GetRequiredService<IEngine>().OpenAsync();
        var command = ActivatorUtilities.CreateInstance<SupervisionCommand>(app.Services, output);
        if (await command.TryListAsync(given.Options.GetValueOrDefault(SiteOption)) is not { } refusal)
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
        builder.AddEngineForSupervision();
        builder.Services.AddSites();
        return builder.Build();
    }

    /// <summary>Answers what is wrong; null when nothing is.</summary>
    private async Task<string?> TryListAsync(string? siteId)
    {
        if (siteId is not null && !sites.TryGet(siteId, out _))
        {
            return $"There is no site '{siteId}'.";
        }

        try
        {
            IEnumerable<string> siteIds = siteId is null ? sites.All.Select(site => site.Id).Order(StringComparer.Ordinal) : [siteId];
            foreach (var site in siteIds)
            {
                await ListAsync(site);
            }

            return null;
        }
        catch (StoreUnavailableException unavailable)
        {
            return $"The record is out of reach. {unavailable.Message}";
        }
    }

    private async Task ListAsync(string siteId)
    {
        for (var after = 0L; await acts.ListAsync(siteId, after, ReadAtOnce) is [.., var last] some; after = last.Number)
        {
            foreach (var act in some)
            {
                await output.WriteLineAsync(
                    $"{siteId} {act.Number}  {Format(act.At)}  {act.AgentName} ({act.AgentId})  {act.What} {act.Subject} {Describe(act)}".TrimEnd());
            }
        }
    }

    private static string? Describe(SupervisionAct act) => act is { What: SupervisionActs.QueueClosed, Detail: { } end }
        ? $"until {Format(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(end, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)))}"
        : act.Detail;

    private static string Format(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
