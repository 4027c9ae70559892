using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>What SignalR's own specification asks of a lifetime manager on one node, case by case under its names there.</summary>
public abstract class LifetimeManagerSpecification : IAsyncLifetime
{
    private readonly List<HubPeer> _peers = [];

    private protected abstract HubLifetimeManager<TestHub> Manager { get; }

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task SendAllAsyncWritesToAllConnectionsOutput()
    {
        var (one, two) = (await ConnectAsync(), await ConnectAsync());

        await Manager.SendAllAsync("Hello", ["World"]).Within();

        await AssertHelloAsync(one, two);
    }

    [Fact]
    public async Task SendAllAsyncDoesNotWriteToDisconnectedConnectionsOutput()
    {
        var (one, two) = (await ConnectAsync(), await ConnectAsync());
        await Manager.OnDisconnectedAsync(two.Connection).Within();

        await Manager.SendAllAsync("Hello", ["World"]).Within();

        await AssertHelloAsync(one);
        Assert.Empty(two.ReadArrived());
    }

    [Fact]
    public async Task SendGroupAsyncWritesToAllConnectionsInGroupOutput()
    {
        var (one, two) = (await ConnectAsync(), await ConnectAsync());
        await Manager.AddToGroupAsync(one.Id, "group").Within();

        await Manager.SendGroupAsync("group", "Hello", ["World"]).Within();

        await AssertHelloAsync(one);
        Assert.Empty(two.ReadArrived());
    }

    [Fact]
    public async Task SendGroupExceptAsyncDoesNotWriteToExcludedConnections()
    {
        var (one, two) = (await ConnectAsync(), await ConnectAsync());
        await Manager.AddToGroupAsync(one.Id, "group").Within();
        await Manager.AddToGroupAsync(two.Id, "group").Within();

        await Manager.SendGroupExceptAsync("group", "Hello", ["World"], [two.Id]).Within();

        await AssertHelloAsync(one);
        Assert.Empty(two.ReadArrived());
    }

    [Fact]
    public async Task SendConnectionAsyncWritesToConnectionOutput()
    {
        var (one, two) = (await ConnectAsync(), await ConnectAsync());

        await Manager.SendConnectionAsync(one.Id, "Hello", ["World"]).Within();

        await AssertHelloAsync(one);
        Assert.Empty(two.ReadArrived());
    }

    [Fact]
    public async Task CanProcessClientReturnResult()
    {
        var one = await ConnectAsync();
        var call = Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var asked = await one.ReadAsync();
        Assert.True(Manager.TryGetReturnType(asked.InvocationId, out var type));
        Assert.Equal(typeof(int), type);

        await Manager.SetConnectionResultAsync(one.Id, CompletionMessage.WithResult(asked.InvocationId, 10)).Within();

        Assert.Equal(10, await call.Within());
        Assert.False(Manager.TryGetReturnType(asked.InvocationId, out _));
    }

    [Fact]
    public async Task CanProcessClientReturnErrorResult()
    {
        var one = await ConnectAsync();
        var call = Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var asked = await one.ReadAsync();

        await Manager.SetConnectionResultAsync(one.Id, CompletionMessage.WithError(asked.InvocationId, "Error from client")).Within();

        Assert.Equal("Error from client", (await Assert.ThrowsAsync<HubException>(() => call.Within())).Message);
    }

    [Fact]
    public async Task ExceptionWhenIncorrectClientCompletesClientResult()
    {
        var (one, two) = (await ConnectAsync(), await ConnectAsync());
        var call = Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var asked = await one.ReadAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Manager.SetConnectionResultAsync(two.Id, CompletionMessage.WithResult(asked.InvocationId, 20)).Within());

        await Manager.SetConnectionResultAsync(one.Id, CompletionMessage.WithResult(asked.InvocationId, 10)).Within();
        Assert.Equal(10, await call.Within());
    }

    [Fact]
    public async Task ConnectionIDNotPresentWhenInvokingClientResult()
    {
        await ConnectAsync();

        await Assert.ThrowsAsync<IOException>(() => Manager.InvokeConnectionAsync<int>("none", "Result", ["test"], CancellationToken.None).Within());
    }

    [Fact]
    public async Task InvokesForMultipleClientsDoNotCollide()
    {
        var (one, two) = (await ConnectAsync(), await ConnectAsync());
        var callOne = Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var callTwo = Manager.InvokeConnectionAsync<int>(two.Id, "Result", ["test"], CancellationToken.None);
        var (askedOne, askedTwo) = (await one.ReadAsync(), await two.ReadAsync());

        await Manager.SetConnectionResultAsync(two.Id, CompletionMessage.WithResult(askedTwo.InvocationId, 7)).Within();
        await Manager.SetConnectionResultAsync(one.Id, CompletionMessage.WithResult(askedOne.InvocationId, 3)).Within();

        Assert.NotEqual(askedOne.InvocationId, askedTwo.InvocationId);
        Assert.Equal(3, await callOne.Within());
        Assert.Equal(7, await callTwo.Within());
    }

    [Fact]
    public async Task ClientDisconnectsWithoutCompletingClientResult()
    {
        var one = await ConnectAsync();
        var call = Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        await one.ReadAsync();

        one.End();
        await Manager.OnDisconnectedAsync(one.Connection).Within();

        Assert.Equal($"Connection '{one.Id}' disconnected.", (await Assert.ThrowsAsync<IOException>(() => call.Within())).Message);
    }

    [Fact]
    public async Task CanCancelClientResult()
    {
        var one = await ConnectAsync();
        using var cancel = new CancellationTokenSource();
        var call = Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], cancel.Token);
        var asked = await one.ReadAsync();

        await cancel.CancelAsync();

        Assert.Equal("Invocation canceled by the server.", (await Assert.ThrowsAsync<HubException>(() => call.Within())).Message);

        // The client's answer was on its way: nobody minds.
        await Manager.SetConnectionResultAsync(one.Id, CompletionMessage.WithResult(asked.InvocationId, 10)).Within();
    }

    private protected async Task<HubPeer> ConnectAsync(string? user = null)
    {
        var peer = new HubPeer(user);
        _peers.Add(peer);
        await Manager.OnConnectedAsync(peer.Connection).Within();
        return peer;
    }

    private static async Task AssertHelloAsync(params HubPeer[] peers)
    {
        foreach (var peer in peers)
        {
            var hello = await peer.ReadAsync();
            Assert.Equal(("Hello", "World"), (hello.Target, hello.Argument.GetString()));
            Assert.Empty(peer.ReadArrived());
        }
    }
}
