using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Identity;

/// <summary>
/// <c>agents add | list | disable</c>: accounts from the command line, beside servers that may be running meanwhile.
/// </summary>
internal sealed class AgentsCommand(IAccountStore accounts, PasswordService passwords, ISiteCatalog sites, ConsolePassword password, TextWriter output)
{
    public const int Succeeded = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    public const string Usage = """
        Usage:
          agents add EMAIL --name NAME --queues QUEUE,QUEUE:8 [--capacity 5] [--role agent|supervisor] [--site SITE]
          agents list
          agents disable EMAIL
        QUEUE:8 is a queue with how good the agent is at it: 1 to 10, without it 5.
        The password of a new account is asked on the terminal, or read from the first line of standard input.
        Settings of the server may follow, such as --DataFolder=PATH or --ConnectionStrings:Redis=HOST:PORT.
        """;

    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output, TextWriter errors)
    {
        if (!AgentsArguments.TryParse(arguments, out var parsed, out var fault))
        {
            await errors.WriteLineAsync($"{fault}\n{Usage}");
            return Misused;
        }

        await using var app = Build(parsed);
        app.Services.CheckConfiguration();
        await app.Services.GetRequiredService<IEngine>().OpenAsync();
        var command = ActivatorUtilities.CreateInstance<AgentsCommand>(app.Services, new ConsolePassword(input, output), output);
        if (await command.TryRunAsync(parsed) is not { } refusal)
        {
            return Succeeded;
        }

        await errors.WriteLineAsync(refusal);
        return Failed;
    }

    private async Task<string?> TryRunAsync(AgentsArguments arguments)
    {
        try
        {
            return await RunAsync(arguments);
        }
        catch (StoreUnavailableException unavailable)
        {
            return $"The accounts are out of reach; nothing may have happened. {unavailable.Message}";
        }
    }

    /// <summary>Answers why it could not be done; null when it was.</summary>
    private Task<string?> RunAsync(AgentsArguments arguments) => arguments.Verb switch
    {
        "add" => AddAsync(arguments),
        "disable" => DisableAsync(arguments.Email!),
        _ => ListAsync(),
    };

    private static WebApplication Build(AgentsArguments arguments)
    {
        var builder = ServerBuilder.Create([.. arguments.Settings]);
        builder.Logging.ClearProviders();
        builder.Services.AddServer();
        builder.AddEngineForAccounts();
        builder.Services.AddSites();
        builder.Services.AddSingleton<PasswordService>();
        return builder.Build();
    }

    private async Task<string?> AddAsync(AgentsArguments arguments)
    {
        if (FindSite(arguments.Site, out var refusal) is not { } site)
        {
            return refusal;
        }

        if (arguments.Queues.Select(skill => AgentSkill.Parse(skill).Queue).FirstOrDefault(queue => site.FindQueue(queue) is null) is { } unknown)
        {
            return $"The site {site.Id} has no queue '{unknown}'; it has: {string.Join(", ", site.Queues.Select(queue => queue.Name))}.";
        }

        if (password.Read(out refusal) is not { } secret)
        {
            return refusal;
        }

        var account = new Account(
            IdentityIds.NewAgent(), site.Id, arguments.Email!, arguments.Name, arguments.Role, arguments.Queues, arguments.Capacity, passwords.Hash(secret));
        if (!await accounts.AddAsync(account))
        {
            return $"There is an account of {account.Email} already.";
        }

        await output.WriteLineAsync($"Added {account.Email} to the site {site.Id}.");
        return null;
    }

    private async Task<string?> DisableAsync(string email)
    {
        if (!await accounts.DisableAsync(email))
        {
            return $"There is no account of {email}.";
        }

        await output.WriteLineAsync($"Disabled {email}: signed out, and signs in no more.");
        return null;
    }

    private async Task<string?> ListAsync()
    {
        foreach (var account in await accounts.ListAsync())
        {
            var state = account.IsDisabled ? "  disabled" : "";
            await output.WriteLineAsync(
                $"{account.Email}  {account.Name}  {account.Role}  site {account.SiteId}  capacity {account.Capacity}  queues {string.Join(',', account.Queues)}  id {account.AgentId}{state}");
        }

        return null;
    }

    private Site? FindSite(string? id, out string? refusal)
    {
        var known = string.Join(", ", sites.All.Select(site => site.Id).Order(StringComparer.Ordinal));
        var found = id is not null
            ? sites.All.FirstOrDefault(site => site.Id == id)
            : sites.All.Count == 1 ? sites.All.Single() : null;
        refusal = (found, id, known) switch
        {
            (not null, _, _) => null,
            (_, _, "") => "No site is configured, so there is nothing to be an agent of.",
            (_, null, _) => $"There are several sites; say which with --site: {known}.",
            _ => $"There is no site '{id}'; there are: {known}.",
        };
        return found;
    }
}
