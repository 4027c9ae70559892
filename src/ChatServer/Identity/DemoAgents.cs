using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Identity;

/// <summary>The demo site's agents, whose password everybody knows. Registered in Development only.</summary>
internal sealed class DemoAgents(
    IAccountStore accounts, PasswordService passwords, ISiteCatalog sites, TimeProvider clock) : BackgroundService
{
    private const string SiteId = "demo";
    private const string Password = "demo";
    private const int Capacity = 5;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>Hashed once for all of them, salt and all: there is nothing to find out, and each hash keeps the start waiting.</summary>
    private readonly Lazy<string> _passwordHash = new(() => passwords.Hash(Password));

    /// <summary>Before the server listens, unless the store is not there yet.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await TryAddAllAsync(cancellationToken))
        {
            await base.StartAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TryAgainAfter, clock);
        try
        {
            do
            {
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            while (!await TryAddAllAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task<bool> TryAddAllAsync(CancellationToken cancellationToken)
    {
        if (!sites.TryGet(SiteId, out var site))
        {
            return true;
        }

        try
        {
            await AddAsync(site, "agent1", "Anna", Roles.Agent, cancellationToken);
            await AddAsync(site, "agent2", "Ben", Roles.Agent, cancellationToken);
            await AddAsync(site, "agent3", "Chris", Roles.Agent, cancellationToken);
            await AddAsync(site, "supervisor", "Sam", Roles.Supervisor, cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private async Task AddAsync(Site site, string mailbox, string name, string role, CancellationToken cancellationToken)
    {
        var email = mailbox + "@demo.example";
        // Of nodes that start together, whichever comes first.
        if (await accounts.FindByEmailAsync(email, cancellationToken) is null)
        {
            await accounts.AddAsync(
                new Account(
                    IdentityIds.NewAgent(), site.Id, email, name, role, [.. site.Queues.Select(queue => queue.Name)], Capacity, _passwordHash.Value),
                cancellationToken);
        }
    }
}
