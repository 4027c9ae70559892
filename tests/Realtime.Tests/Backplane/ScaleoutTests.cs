using CoPilot.Realtime.Tests.Redis;
using CoPilot.TestKit;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>What SignalR's own specification asks of a lifetime manager whose hub is spread over nodes, case by case under its names there: sending.</summary>
public sealed class ScaleoutTests(SharedRedis redis) : SeveralNodes(redis)
{
    [Fact]
    public async Task InvokeAllAsyncWithMultipleServersWritesToAllConnectionsOutput()
    {
        var (one, two) = (await ConnectAsync(One), await ConnectAsync(Two));

        await One.Manager.SendAllAsync("Hello", ["World"]).Within();

        await AssertHelloAsync(one, two);
    }

    [Fact]
    public async Task InvokeAllAsyncWithMultipleServersDoesNotWriteToDisconnectedConnectionsOutput()
    {
        var (one, two, left) = (await ConnectAsync(One), await ConnectAsync(Two), await ConnectAsync(Two));
        await Two.DisconnectAsync(left);

        await Two.Manager.SendAllAsync("Hello", ["World"]).Within();

        await AssertHelloAsync(one, two);
        Assert.Empty(left.ReadArrived());
    }

    [Fact]
    public async Task InvokeConnectionAsyncOnServerWithoutConnectionWritesOutputToConnection()
    {
        var one = await ConnectAsync(One);

        await Two.Manager.SendConnectionAsync(one.Id, "Hello", ["World"]).Within();

        await AssertHelloAsync(one);
    }

    [Fact]
    public async Task InvokeGroupAsyncOnServerWithoutConnectionWritesOutputToGroupConnection()
    {
        var one = await ConnectAsync(One);
        await One.Manager.AddToGroupAsync(one.Id, "name").Within();

        await Two.Manager.SendGroupAsync("name", "Hello", ["World"]).Within();

        await AssertHelloAsync(one);
    }

    [Fact]
    public async Task DisconnectConnectionRemovesConnectionFromGroup()
    {
        var (one, other) = (await ConnectAsync(One), await ConnectAsync(One));
        await One.Manager.AddToGroupAsync(one.Id, "name").Within();
        await One.DisconnectAsync(one);

        await Two.Manager.SendGroupAsync("name", "Hello", ["World"]).Within();

        await AssertNothingBeforeAsync(other, () => Two.Manager.SendAllAsync("Mark", [1]));
        Assert.Empty(one.ReadArrived());
    }

    [Fact]
    public async Task RemoveGroupFromLocalConnectionNotInGroupDoesNothing()
    {
        var one = await ConnectAsync(One);

        await One.Manager.RemoveFromGroupAsync(one.Id, "name").Within();

        await AssertNothingBeforeAsync(one, () => One.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task RemoveGroupFromConnectionOnDifferentServerNotInGroupDoesNothing()
    {
        var one = await ConnectAsync(One);

        await Two.Manager.RemoveFromGroupAsync(one.Id, "name").Within();

        await AssertNothingBeforeAsync(one, () => Two.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task AddGroupAsyncForConnectionOnDifferentServerWorks()
    {
        var one = await ConnectAsync(One);

        await Two.Manager.AddToGroupAsync(one.Id, "name").Within();
        await Two.Manager.SendGroupAsync("name", "Hello", ["World"]).Within();

        await AssertHelloAsync(one);
    }

    [Fact]
    public async Task AddGroupAsyncForLocalConnectionAlreadyInGroupDoesNothing()
    {
        var one = await ConnectAsync(One);
        await One.Manager.AddToGroupAsync(one.Id, "name").Within();

        await One.Manager.AddToGroupAsync(one.Id, "name").Within();
        await Two.Manager.SendGroupAsync("name", "Hello", ["World"]).Within();

        await AssertHelloAsync(one);
        await AssertNothingBeforeAsync(one, () => Two.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task AddGroupAsyncForConnectionOnDifferentServerAlreadyInGroupDoesNothing()
    {
        var one = await ConnectAsync(One);
        await One.Manager.AddToGroupAsync(one.Id, "name").Within();

        await Two.Manager.AddToGroupAsync(one.Id, "name").Within();
        await Two.Manager.SendGroupAsync("name", "Hello", ["World"]).Within();

        await AssertHelloAsync(one);
        await AssertNothingBeforeAsync(one, () => Two.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task RemoveGroupAsyncForConnectionOnDifferentServerWorks()
    {
        var one = await ConnectAsync(One);
        await One.Manager.AddToGroupAsync(one.Id, "name").Within();
        await Two.Manager.SendGroupAsync("name", "Hello", ["World"]).Within();
        await AssertHelloAsync(one);

        await Two.Manager.RemoveFromGroupAsync(one.Id, "name").Within();
        await Two.Manager.SendGroupAsync("name", "Hello", ["World"]).Within();

        await AssertNothingBeforeAsync(one, () => Two.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task InvokeConnectionAsyncForLocalConnectionDoesNotPublishToBackplane()
    {
        var (one, two) = (await ConnectAsync(One), await ConnectAsync(Two));
        await using var monitor = await RedisMonitor.StartAsync(Redis);

        await One.Manager.SendConnectionAsync(one.Id, "Hello", ["World"]).Within();
        await One.Manager.SendConnectionAsync(two.Id, "Mark", [1]).Within();

        await AssertHelloAsync(one);
        Assert.Equal("Mark", (await two.ReadAsync()).Target);
        var channel = Prefix + ":node:" + Two.Bus.NodeId;
        Assert.Equal(1, await monitor.CountAsync("\"PUBLISH\"", channel, "Mark"));
        Assert.Equal(0, await monitor.CountAsync("Hello"));
    }

    [Fact]
    public async Task WritingToRemoteConnectionThatFailsDoesNotThrow()
    {
        var one = await ConnectAsync(One);
        one.BreakTransport();

        await Two.Manager.SendConnectionAsync(one.Id, "Hello", ["World"]).Within();

        await Eventually.TrueAsync(() => one.IsAborted);
    }

    [Fact]
    public async Task WritingToGroupWithOneConnectionFailingSecondConnectionStillReceivesMessage()
    {
        var (one, two) = (await ConnectAsync(One), await ConnectAsync(One));
        await One.Manager.AddToGroupAsync(one.Id, "group").Within();
        await One.Manager.AddToGroupAsync(two.Id, "group").Within();
        one.BreakTransport();

        await One.Manager.SendGroupAsync("group", "Hello", ["World"]).Within();
        await Two.Manager.SendGroupAsync("group", "Hello", ["World"]).Within();

        await AssertHelloAsync(two, two);
    }

    [Fact]
    public async Task InvokeUserSendsToAllConnectionsForUser()
    {
        var (one, two, other) = (await ConnectAsync(One, "ada"), await ConnectAsync(Two, "ada"), await ConnectAsync(Two, "grace"));

        await One.Manager.SendUserAsync("ada", "Hello", ["World"]).Within();

        await AssertHelloAsync(one, two);
        await AssertNothingBeforeAsync(other, () => One.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task StillSubscribedToUserAfterOneOfMultipleConnectionsAssociatedWithUserDisconnects()
    {
        var (one, two, left) = (await ConnectAsync(One, "ada"), await ConnectAsync(Two, "ada"), await ConnectAsync(One, "ada"));
        await One.DisconnectAsync(left);

        await Two.Manager.SendUserAsync("ada", "Hello", ["World"]).Within();

        await AssertHelloAsync(one, two);
        Assert.Empty(left.ReadArrived());
    }
}
