using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Identity;

/// <summary>The demo site's agents, whose password everybody knows. Registered in Development only.</summary>
internal sealed class DemoAgents(IAccountStore accounts, PasswordService passwords, ISiteCatalog sites) : IHostedService
{
    private const string SiteId = "demo";
    private const string Password = "demo";
    private const int Capacity = 5;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!sites.TryGet(SiteId, out var site))
        {
            return;
        }

        await AddAsync(site, "agent1", "Anna", Roles.Agent, cancellationToken);
        await AddAsync(site, "agent2", "Ben", Roles.Agent, cancellationToken);
        await AddAsync(site, "agent3", "Chris", Roles.Agent, cancellationToken);
        await AddAsync(site, "supervisor", "Sam", Roles.Supervisor, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AddAsync(Site site, string mailbox, string name, string role, CancellationToken cancellationToken)
    {
        var email = mailbox + "@demo.example";
        if (await accounts.FindByEmailAsync(email, cancellationToken) is null)
        {
            await accounts.AddAsync(
                new Account(
                    IdentityIds.NewAgent(), site.Id, email, name, role, [.. site.Queues.Select(queue => queue.Name)], Capacity, passwords.Hash(Password)),
                cancellationToken);
        }
    }
}
