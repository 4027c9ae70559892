using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Wire;

public abstract class IdentityStories(WireNodes nodes) : WireStories(nodes)
{
    [Fact]
    public async Task Agent_SignsInRenewsAndSignsOut()
    {
        var world = Open();

        var signedIn = await world.Api.SignInAsync(new SignInRequest("Supervisor@Demo.example", "demo"));
        var profile = await world.Api.GetProfileAsync(signedIn.Token);
        var renewed = await world.Api.RenewAsync(signedIn.Token);
        await world.Api.SignOutAsync(renewed.Token);

        Assert.Equal(Roles.Supervisor, signedIn.Role);
        Assert.Equal(signedIn.AgentId, profile.AgentId);
        Assert.Superset(new HashSet<string> { "gift-cards", "orders", "payments", "returns" }, profile.Queues.ToHashSet());
        Assert.Equal(signedIn.AgentId, renewed.AgentId);
        Assert.True(renewed.ExpiresAt >= signedIn.ExpiresAt);
    }

    [Fact]
    public async Task Customer_WhoRenews_StaysTheSame()
    {
        var world = Open();

        var first = await world.Api.CreateCustomerAsync(new CustomerTokenRequest("demo", Locale: "nl"));
        var again = await world.Api.CreateCustomerAsync(new CustomerTokenRequest("demo"), first.Token);
        var other = await world.Api.CreateCustomerAsync(new CustomerTokenRequest("demo"));
        var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => world.Api.CreateCustomerAsync(new CustomerTokenRequest("nowhere")));

        Assert.Equal(first.CustomerId, again.CustomerId);
        Assert.NotEqual(first.CustomerId, other.CustomerId);
        Assert.False(first.Verified);
        Assert.Equal(ErrorCodes.NotFound, refusal.Code);
    }
}

/// <summary>On the embedded engine.</summary>
[Collection(typeof(UnharmedNodes.One))]
public sealed class IdentityStoriesOnOneNode(OneNode nodes) : IdentityStories(nodes);

/// <summary>The same with customers on one node and agents on the other.</summary>
[Collection(typeof(UnharmedNodes.Two))]
public sealed class IdentityStoriesOnTwoNodes(TwoNodes nodes) : IdentityStories(nodes);
