using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class RedisRoutingClusterTests
{
    [Fact]
    public async Task AContactsLife_OnAClusterOfThree_IsAsAnywhere()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var node = await RedisRoutingNode.OpenAsync(cluster.Configuration);
        var queue = node.OpenQueue(new RoutingSites(), new RoutingHints(), new ManualTimeProvider());

        foreach (var site in new[] { RoutingSites.Shop, RoutingSites.OtherShop })
        {
            await LiveAsync(queue, site);
        }

        // A site lives in one slot, and keys of all sites are the shop's or the other's.
        var slots = new HashSet<int>();
        foreach (var key in await cluster.KeysAsync())
        {
            slots.Add(await cluster.SlotOfAsync(key));
        }

        Assert.Equal(2, slots.Count);
    }

    private static async Task LiveAsync(RedisContactQueue queue, string site)
    {
        await queue.ConnectAgentAsync(new AgentProfile("anna", site, "Anna", [RoutingSites.Orders], 2), "tab").Within();
        await queue.SetStatusAsync(site, "anna", AgentStatuses.Available).Within();
        var customer = new CustomerInfo("cleo", Verified: false);
        var contact = (await queue.EnqueueAsync(new NewContact("r", site, customer, RoutingSites.Orders, "Hello")).Within()).Value;
        var offer = (await queue.FindAgentAsync(site, "anna").Within())!.Offer!;

        Assert.True((await queue.AcceptOfferAsync(site, "anna", offer.OfferId).Within()).IsAccepted);
        Assert.True((await queue.TransferAsync(new TransferCommand("t", site, contact.ContactId, "anna", RoutingSites.Payments, null)).Within()).IsAccepted);
        Assert.Equal(1, await queue.GetPositionAsync(site, contact.ContactId).Within());
        await queue.RenewPresenceAsync(site, [new AgentConnection("anna", "tab")]).Within();
        Assert.Equal(ContactStates.Closed, (await queue.CloseAsync(new CloseCommand(site, contact.ContactId, Roles.Customer, "cleo", null)).Within()).Value.State);
        Assert.Equal(0, (await queue.FireDueTimersAsync(site, 10).Within()).Count);
        var effects = await queue.ReadEffectsAsync(site, 100).Within();
        Assert.IsType<ConversationOpened>(effects[0]);
        Assert.Equal(effects.Count, await queue.CompleteEffectsAsync(site, effects[^1].EffectId).Within());
        Assert.Empty(await queue.ReadEffectsAsync(site, 100).Within());
    }
}
