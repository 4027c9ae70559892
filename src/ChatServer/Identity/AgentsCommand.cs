using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Identity;

/// <summary>
/// <c>agents add | import | list | disable</c>: accounts from the command line, beside servers that may be running meanwhile.
/// </summary>
internal sealed class AgentsCommand(IAccountStore accounts, PasswordService passwords, ISiteCatalog sites, TextReader input, TextWriter output)
{
    public const int Succeeded = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    public const string Usage = """
        Usage:
          agents add EMAIL --name NAME --queues QUEUE,QUEUE:8 [--capacity 5] [--role agent|supervisor] [--site SITE]
          agents import FILE [--site SITE]
          agents list
          agents disable EMAIL
        QUEUE:8 is a queue with how good the agent is at it: 1 to 10, without it 5.
        The password of a new account is asked on the terminal, or read from the first line of standard input.
        FILE is comma-separated, - is standard input; its first line names the columns: email,name,queues,password and, where
        wanted, role and capacity; instead of password, passwordHash has one as ASP.NET Core Identity writes it.
        Queues are separated by semicolons. Either all of its agents are added, or none.
        Settings of the server may follow, such as --DataFolder=PATH or --ConnectionStrings:Redis=HOST:PORT.
        """;

    /// <summary>Faults of a file that are told; whoever mends these sees the others next time.</summary>
    private const int ToldFaults = 20;

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
        var command = ActivatorUtilities.CreateInstance<AgentsCommand>(app.Services, input, output);
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
        "add" => AddAsync(arguments.Agent!, arguments.Site),
        "import" => ImportAsync(arguments.Subject!, arguments.Site),
        "disable" => DisableAsync(arguments.Subject!),
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

    private async Task<string?> AddAsync(AgentFields agent, string? siteId)
    {
        if (FindSite(siteId, out var refusal) is not { } site)
        {
            return refusal;
        }

        if (agent.FaultAt(site) is { } fault)
        {
            return fault;
        }

        if (new ConsolePassword(input, output).Read(out refusal) is not { } secret)
        {
            return refusal;
        }

        if (!await accounts.AddAsync(NewAccount(site, agent, passwords.Hash(secret))))
        {
            return $"There is an account of {agent.Email} already.";
        }

        await output.WriteLineAsync($"Added {agent.Email} to the site {site.Id}.");
        return null;
    }

    private async Task<string?> ImportAsync(string path, string? siteId)
    {
        if (FindSite(siteId, out var refusal) is not { } site)
        {
            return refusal;
        }

        AgentsFile file;
        try
        {
            using var opened = path == "-" ? null : new StreamReader(path);
            file = AgentsFile.Read(opened ?? input, site);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"The file cannot be read: {error.Message}";
        }

        // Taken addresses are looked for before the hashing too, which is what takes the time.
        return Describe(file.Faults) ?? Describe(file.DescribeTaken((await accounts.ListAsync()).Select(account => account.Email))) ?? await AddAllAsync(file, site);
    }

    private async Task<string?> AddAllAsync(AgentsFile file, Site site)
    {
        await TellOfPasswordsAsync(file);
        var created = new Account[file.Rows.Count];
        Parallel.For(0, created.Length, i => created[i] = NewAccount(site, file.Rows[i].Agent, file.Rows[i].PasswordHash ?? passwords.Hash(file.Rows[i].Password!)));
        if (await accounts.AddAllAsync(created) is { Count: > 0 } taken)
        {
            return Describe(file.DescribeTaken(taken));
        }

        await output.WriteLineAsync($"Added {created.Length} agents to the site {site.Id}.");
        return null;
    }

    private async Task TellOfPasswordsAsync(AgentsFile file)
    {
        if (file.Rows.Count(row => row.Password is not null) is > 0 and var hashed)
        {
            await output.WriteLineAsync($"Hashing {hashed} passwords ...");
        }

        if (file.Rows.Count(row => row.PasswordHash is { } text && PasswordHash.TryParse(text, out var hash) && hash.Value.IsWeak) is > 0 and var weak)
        {
            await output.WriteLineAsync(
                $"{weak} of the hashes have fewer than {PasswordService.Iterations} iterations: whoever steals them finds out the passwords sooner.");
        }
    }

    private static Account NewAccount(Site site, AgentFields agent, string passwordHash) => new(
        IdentityIds.NewAgent(), site.Id, agent.Email, agent.Name, agent.Role, agent.Queues, agent.Capacity, passwordHash);

    /// <summary>Null when there are none.</summary>
    private static string? Describe(IReadOnlyList<string> faults)
    {
        var others = faults.Count > ToldFaults ? $"\n... and {faults.Count - ToldFaults} more." : "";
        return faults is [] ? null : $"Nothing was added.\n{string.Join('\n', faults.Take(ToldFaults))}{others}";
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
