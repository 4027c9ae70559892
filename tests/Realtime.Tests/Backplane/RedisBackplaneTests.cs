using System.Text;
using CoPilot.Realtime.Backplane;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Tests.Redis;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>What the backplane promises beyond SignalR's specification, on nodes and a Redis that are well.</summary>
public sealed class RedisBackplaneTests(SharedRedis redis) : SeveralNodes(redis)
{
    [Fact]
    public async Task CamelCasedJsonIsPreservedAcrossRedisBoundary()
    {
        var options = new Microsoft.AspNetCore.SignalR.JsonHubProtocolOptions();
        options.PayloadSerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.CamelCase;
        var three = await StartNodeAsync("three", [new JsonHubProtocol(Options.Create(options))]);
        var one = await ConnectAsync(One);

        await three.Manager.SendAllAsync("Hello", [new { TestProperty = "Foo" }]).Within();

        Assert.Equal("Foo", (await one.ReadAsync()).Argument.GetProperty("testProperty").GetString());
    }

    [Theory]
    [InlineData("*")]
    [InlineData("user?[a]")]
    [InlineData("группа \"1\"")]
    public async Task PatternGroupAndUser(string name)
    {
        var (one, other) = (await ConnectAsync(One, name), await ConnectAsync(One, "user"));
        await One.Manager.AddToGroupAsync(one.Id, name).Within();
        await One.Manager.AddToGroupAsync(other.Id, "group").Within();

        await Two.Manager.SendGroupAsync(name, "Hello", ["World"]).Within();
        await Two.Manager.SendUserAsync(name, "Hello", ["World"]).Within();

        await AssertHelloAsync(one, one);
        await AssertNothingBeforeAsync(other, () => Two.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task Sends_ToSeveralAndExcept_ReachExactlyThoseMeant()
    {
        var three = await StartNodeAsync("three");
        var (one, two, third) = (await ConnectAsync(One, "ada"), await ConnectAsync(Two, "grace"), await ConnectAsync(three, "edsger"));
        HubPeer[] all = [one, two, third];
        foreach (var peer in all)
        {
            await One.Manager.AddToGroupAsync(peer.Id, "everybody").Within();
            await One.Manager.AddToGroupAsync(peer.Id, "only " + peer.Connection.UserIdentifier).Within();
        }

        await One.Manager.SendAllExceptAsync("Hello", ["World"], [one.Id, third.Id]).Within();
        await AssertHelloAsync(two);
        await One.Manager.SendConnectionsAsync([one.Id, third.Id, "unknown"], "Hello", ["World"]).Within();
        await AssertHelloAsync(one, third);
        await Two.Manager.SendGroupExceptAsync("everybody", "Hello", ["World"], [two.Id]).Within();
        await AssertHelloAsync(one, third);
        await three.Manager.SendGroupsAsync(["only ada", "only grace", "nobody"], "Hello", ["World"]).Within();
        await AssertHelloAsync(one, two);
        await three.Manager.SendUsersAsync(["grace", "edsger", "nobody"], "Hello", ["World"]).Within();
        await AssertHelloAsync(two, third);

        foreach (var peer in all)
        {
            await AssertNothingBeforeAsync(peer, () => One.Manager.SendConnectionAsync(peer.Id, "Mark", [1]));
        }
    }

    [Fact]
    public async Task AddToGroupAsync_ConnectionUnknown_DoesNothing()
    {
        await One.Manager.AddToGroupAsync("unknown", "name").Within();
        await One.Manager.RemoveFromGroupAsync("unknown", "name").Within();

        Assert.Empty(await FieldsAsync());
    }

    [Fact]
    public async Task AddToGroupAsync_NodeAlreadyRepresented_CostsNoRoundTrip()
    {
        var (first, second) = (await ConnectAsync(One), await ConnectAsync(One));
        await using var monitor = await RedisMonitor.StartAsync(Redis);
        var bucket = $"{{hub:{typeof(TestHub).FullName}:{Membership.BucketOf("g:name")}}}";

        await One.Manager.AddToGroupAsync(first.Id, "name").Within();
        Assert.Equal(1, await monitor.CountAsync("\"EVAL", bucket));

        await One.Manager.AddToGroupAsync(second.Id, "name").Within();
        await One.Manager.RemoveFromGroupAsync(first.Id, "name").Within();
        Assert.Equal(1, await monitor.CountAsync("\"EVAL", bucket));

        await One.Manager.RemoveFromGroupAsync(second.Id, "name").Within();
        Assert.Equal(2, await monitor.CountAsync("\"EVAL", bucket));
    }

    [Fact]
    public async Task SendGroupAsync_AllMembersLocal_LeavesNoNode()
    {
        var (one, two) = (await ConnectAsync(One), await ConnectAsync(Two));
        await One.Manager.AddToGroupAsync(one.Id, "name").Within();
        await using var monitor = await RedisMonitor.StartAsync(Redis);

        await One.Manager.SendGroupAsync("name", "Hello", ["World"]).Within();

        await AssertHelloAsync(one);
        Assert.Equal(0, await monitor.CountAsync("\"PUBLISH\"", "Hello"));
        await AssertNothingBeforeAsync(two, () => One.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task SendGroupAsync_ByTwoNodes_KeepsEachSendersOrder()
    {
        const int Messages = 500;
        var three = await StartNodeAsync("three");
        HubPeer[] members = [await ConnectAsync(three), await ConnectAsync(three), await ConnectAsync(One)];
        foreach (var member in members)
        {
            await One.Manager.AddToGroupAsync(member.Id, "name").Within();
        }

        await Task.WhenAll(SendNumbersAsync(One, "FromOne"), SendNumbersAsync(Two, "FromTwo")).Within();

        foreach (var member in members)
        {
            var next = new Dictionary<string, int> { ["FromOne"] = 0, ["FromTwo"] = 0 };
            for (var i = 0; i < 2 * Messages; i++)
            {
                var received = await member.ReadAsync();
                Assert.Equal(next[received.Target]++, received.Argument.GetInt32());
            }
        }

        static async Task SendNumbersAsync(BackplaneNode node, string target)
        {
            // Not awaited one by one: the order is that of the calls.
            await Task.WhenAll(Enumerable.Range(0, Messages).Select(number => node.Manager.SendGroupAsync("name", target, [number])).ToList());
        }
    }

    [Fact]
    public async Task Joins_ThousandsAtOnce_TravelTogether()
    {
        const int Joins = 3_000;
        var peers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => ConnectAsync(One)));
        await using var monitor = await RedisMonitor.StartAsync(Redis);

        await Task.WhenAll(Enumerable.Range(0, Joins).Select(i => One.Manager.AddToGroupAsync(peers[i % 30].Id, $"group {i}"))).Within();

        Assert.Equal(Joins, (await FieldsAsync()).Count(field => field.StartsWith("g:", StringComparison.Ordinal)));
        Assert.InRange(await monitor.CountAsync("\"EVALSHA\"", "{hub:"), 1, Joins / 3);
        await Two.Manager.SendGroupAsync("group 2999", "Hello", ["World"]).Within();
        await AssertHelloAsync(peers[2999 % 30]);

        await Task.WhenAll(peers.Select(One.DisconnectAsync)).Within();
        Assert.Empty(await FieldsAsync());
    }

    [Fact]
    public async Task SendGroupAsync_ReaderWhoStops_IsAbortedAndOthersGetEverything()
    {
        const int Messages = 200;
        Log.Expect("did not keep up");
        var three = await StartNodeAsync("three", unansweredSends: 16);
        var (slow, reader) = (await ConnectAsync(three, pauseAt: 1), await ConnectAsync(three));
        await three.Manager.AddToGroupAsync(slow.Id, "name").Within();
        await three.Manager.AddToGroupAsync(reader.Id, "name").Within();

        for (var i = 0; i < Messages; i++)
        {
            await One.Manager.SendGroupAsync("name", "Number", [i]).Within();
        }

        for (var i = 0; i < Messages; i++)
        {
            Assert.Equal(i, (await reader.ReadAsync()).Argument.GetInt32());
        }

        await Eventually.TrueAsync(() => slow.IsAborted);
    }

    [Fact]
    public async Task Frames_OfUnknownVersionKindOrHub_AreSkipped()
    {
        var one = await ConnectAsync(One);
        var channel = Prefix + ":node:" + One.Bus.NodeId;

        await Redis.CommandAsync("PUBLISH", channel, "\u0009\u0001whatever").Within();
        await Redis.CommandAsync("PUBLISH", channel, "\u0001\u003fwhatever").Within();
        await Redis.CommandAsync("PUBLISH", channel, "\u0001").Within();
        await Redis.CommandAsync("PUBLISH", channel, "\u0001\u0001\u0004Else").Within();

        await AssertNothingBeforeAsync(one, () => Two.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task Frames_CutShort_CostARecoveryAndNothingElse()
    {
        Log.Expect("Handling a message of kind 1 failed");
        var one = await ConnectAsync(One);
        var frame = SendFrame.Make(One.Manager.HubName, null, [], [], new(new InvocationMessage("Hello", ["World"])), [new JsonHubProtocol()]);
        var header = NodeFrame.HeaderLength + 1 + Encoding.UTF8.GetByteCount(One.Manager.HubName);

        for (var length = header; length < frame.Length; length++)
        {
            await Two.Bus.PublishAsync(One.Bus.NodeId, frame[..length]).Within();
        }

        await AssertNothingBeforeAsync(one, () => Two.Manager.SendConnectionAsync(one.Id, "Mark", [1]));
        await One.ReadyAsync();
    }

    [Fact]
    public async Task SendAllAsync_SenderLacksAProtocol_CutsThoseWhoSpeakItAndTellsOthers()
    {
        Log.Expect("Another node does not have hub protocol other");
        var both = await StartNodeAsync("both", [new JsonHubProtocol(), new RenamedJson("other")]);
        var (json, other) = (await ConnectAsync(both), await ConnectAsync(both, protocol: new RenamedJson("other")));

        await One.Manager.SendAllAsync("Hello", ["World"]).Within();

        await AssertHelloAsync(json);
        await Eventually.TrueAsync(() => other.IsAborted);
    }

    [Fact]
    public async Task SendAllAsync_ReceiversOfTwoProtocols_GetEachTheirBytes()
    {
        IHubProtocol[] protocols = [new JsonHubProtocol(), new RenamedJson("other")];
        var (three, four) = (await StartNodeAsync("three", protocols), await StartNodeAsync("four", protocols));
        var (json, other) = (await ConnectAsync(four), await ConnectAsync(four, protocol: protocols[1]));

        await three.Manager.SendConnectionsAsync([json.Id, other.Id], "Hello", ["World"]).Within();

        await AssertHelloAsync(json, other);
    }

    [Fact]
    public async Task Node_ThatStops_LeavesNothingBehind()
    {
        var three = await BackplaneNode.StartAsync(Redis.Configuration, Prefix, "three", Log);
        var peer = await ConnectAsync(three, "ada");
        await three.Manager.AddToGroupAsync(peer.Id, "name").Within();

        await three.DisposeAsync();

        Assert.Empty(await FieldsAsync());
        Assert.DoesNotContain(await Redis.KeysAsync(), key => key.StartsWith(Prefix + ":{hub:", StringComparison.Ordinal));
    }

    private Task<List<string>> FieldsAsync() => RedisFields.OfAsync(Redis, Prefix);
}
