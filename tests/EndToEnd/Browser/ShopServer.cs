using System.Globalization;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Browser;

/// <summary>One server for a class of stories about contacts. Some of the demo shop's topics have a queue that the stories need another way.</summary>
public sealed class ShopServer : IAsyncLifetime
{
    /// <summary>An offer stands for two seconds.</summary>
    public const string HastyTopic = "Payments";

    /// <summary>It is night.</summary>
    public const string ClosedTopic = "Gift cards";

    private static readonly string[] Settings =
    [
        "--RateLimits:SignInsPerMinute=10000", "--Sites:demo:Queues:orders:AcceptTimeout=00:05:00",
        "--Sites:demo:Queues:orders:Callbacks:WrapUp=00:10:00", "--Sites:demo:Queues:payments:AcceptTimeout=00:00:08",
        $"--Sites:demo:Queues:gift-cards:Hours:Zone={ZoneWhereItIsNight()}",
    ];

    public ServerProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await ServerProcess.StartAsync(Settings);

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    /// <summary>The agents who were on duty end what they have and go home, so that the next story finds nobody.</summary>
    public async Task SendHomeAsync()
    {
        using var http = new HttpClient { BaseAddress = Process.Address };
        foreach (var number in (int[])[1, 2])
        {
            var agent = await new ServerApi(http).SignInAsync(new SignInRequest($"agent{number}@demo.example", "demo"));
            await using var client = await ChatClient.ConnectAsync(Process.Address, agent.Token).Within();
            var status = await client.SetStatus(new SetStatusRequest(AgentStatuses.Offline));
            foreach (var contact in status.Contacts)
            {
                await EndAsync(client, contact);
            }
        }
    }

    /// <summary>A call ends with its outcome alone.</summary>
    private static Task EndAsync(ChatClient agent, AgentContact contact) => contact.Kind == ContactKinds.Callback
        ? agent.CompleteCallback(new CompleteCallbackRequest($"home-{contact.ContactId}", contact.ContactId, CallOutcomes.Reached))
        : agent.EndChat(new EndChatRequest(contact.ConversationId!));

    /// <summary>A zone whose clock shows between one and three at night, far from any opening hours.</summary>
    private static string ZoneWhereItIsNight()
    {
        var offset = 2 - TimeProvider.System.GetUtcNow().Hour;
        offset = offset < -12 ? offset + 24 : offset;

        // The signs of these zones' names are the other way round.
        return offset == 0 ? "Etc/GMT" : "Etc/GMT" + (-offset).ToString("+0;-0", CultureInfo.InvariantCulture);
    }
}

/// <summary>Stories that share a server and leave nobody behind on it.</summary>
public abstract class ShopStories(BrowserFixture browser, ShopServer shop) : BrowserStories(browser)
{
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await shop.SendHomeAsync();
        }
    }

    private protected Stage OpenShop() => OpenOn(shop.Process);
}
