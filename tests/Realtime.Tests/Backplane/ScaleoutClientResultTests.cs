using System.Buffers;
using System.Text.Json;
using CoPilot.Realtime.Tests.Redis;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>SignalR's specification of a hub that is spread over nodes, continued: calls that await a client's answer.</summary>
public sealed class ScaleoutClientResultTests(SharedRedis redis) : SeveralNodes(redis)
{
    [Fact]
    public async Task CanProcessClientReturnResultAcrossServers()
    {
        var one = await ConnectAsync(One);
        var call = Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var asked = await one.ReadAsync();
        Assert.True(One.Manager.TryGetReturnType(asked.InvocationId, out var type));
        Assert.Equal(typeof(RawResult), type);

        await AnswerAsync(One, one, asked.InvocationId, 10);

        Assert.Equal(10, await call.Within());
        await Eventually.TrueAsync(() => !One.Manager.TryGetReturnType(asked.InvocationId, out _));
    }

    [Fact]
    public async Task CanProcessClientReturnErrorResultAcrossServers()
    {
        var one = await ConnectAsync(One);
        var call = Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var asked = await one.ReadAsync();

        await One.Manager.SetConnectionResultAsync(one.Id, CompletionMessage.WithError(asked.InvocationId, "Error from client")).Within();

        Assert.Equal("Error from client", (await Assert.ThrowsAsync<HubException>(() => call.Within())).Message);
    }

    [Fact]
    public async Task ConnectionIDNotPresentMultiServerWhenInvokingClientResult()
    {
        await ConnectAsync(One);

        var error = await Assert.ThrowsAsync<IOException>(
            () => Two.Manager.InvokeConnectionAsync<int>("none", "Result", ["test"], CancellationToken.None).Within());

        Assert.Equal("Connection 'none' does not exist.", error.Message);
    }

    [Fact]
    public async Task ClientDisconnectsWithoutCompletingClientResultOnSecondServer()
    {
        var one = await ConnectAsync(One);
        var call = Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        await one.ReadAsync();

        await One.DisconnectAsync(one);

        Assert.Equal($"Connection '{one.Id}' disconnected.", (await Assert.ThrowsAsync<IOException>(() => call.Within())).Message);
    }

    [Fact]
    public async Task InvocationsFromDifferentServersUseUniqueIDs()
    {
        var one = await ConnectAsync(One);
        var fromOne = One.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["one"], CancellationToken.None);
        var askedByOne = await one.ReadAsync();
        var fromTwo = Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["two"], CancellationToken.None);
        var askedByTwo = await one.ReadAsync();
        Assert.NotEqual(askedByOne.InvocationId, askedByTwo.InvocationId);

        await AnswerAsync(One, one, askedByTwo.InvocationId, 2);
        await One.Manager.SetConnectionResultAsync(one.Id, CompletionMessage.WithResult(askedByOne.InvocationId, 1)).Within();

        Assert.Equal(1, await fromOne.Within());
        Assert.Equal(2, await fromTwo.Within());
    }

    [Fact]
    public async Task ConnectionDoesNotExist_FailsInvokeConnectionAsync()
    {
        var one = await ConnectAsync(One);
        await One.DisconnectAsync(one);

        await Assert.ThrowsAsync<IOException>(() => One.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None).Within());
        await Assert.ThrowsAsync<IOException>(() => Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None).Within());
    }

    [Fact]
    public async Task ClientReturnResultAcrossServersWithWrongReturnedTypeErrors()
    {
        var one = await ConnectAsync(One);
        var call = Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var asked = await one.ReadAsync();

        await AnswerAsync(One, one, asked.InvocationId, "a text");

        await Assert.ThrowsAsync<HubException>(() => call.Within());
        await AssertNothingBeforeAsync(one, () => Two.Manager.SendAllAsync("Mark", [1]));
    }

    [Fact]
    public async Task InvokeConnectionAsync_AnswerByAnotherClient_IsRefusedOnTheClientsNode()
    {
        var (one, other) = (await ConnectAsync(One), await ConnectAsync(One));
        var call = Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var asked = await one.ReadAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => AnswerAsync(One, other, asked.InvocationId, 20));

        await AnswerAsync(One, one, asked.InvocationId, 10);
        Assert.Equal(10, await call.Within());
    }

    [Fact]
    public async Task InvokeConnectionAsync_CanceledAcrossNodes_IsForgottenOnBoth()
    {
        var one = await ConnectAsync(One);
        using var cancel = new CancellationTokenSource();
        var call = Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], cancel.Token);
        var asked = await one.ReadAsync();

        await cancel.CancelAsync();

        Assert.Equal("Invocation canceled by the server.", (await Assert.ThrowsAsync<HubException>(() => call.Within())).Message);
        await Eventually.TrueAsync(() => !One.Manager.TryGetReturnType(asked.InvocationId, out _));
        await AnswerAsync(One, one, asked.InvocationId, 10);
    }

    [Fact]
    public async Task InvokeConnectionAsync_NodeOfTheClientDies_Fails()
    {
        Log.Expect("cannot reach Redis");
        Log.Expect("Redis did not take what this node has members of");
        var three = await StartNodeAsync("three");
        var peer = await ConnectAsync(three);
        var call = Two.Manager.InvokeConnectionAsync<int>(peer.Id, "Result", ["test"], CancellationToken.None);
        await peer.ReadAsync();

        await three.DieAsync();

        await Assert.ThrowsAsync<IOException>(() => call.Within());
    }

    [Fact]
    public async Task InvokeConnectionAsync_AnswerLostBetweenNodes_IsNoticed()
    {
        var one = await ConnectAsync(One);
        var call = Two.Manager.InvokeConnectionAsync<int>(one.Id, "Result", ["test"], CancellationToken.None);
        var asked = await one.ReadAsync();
        await Two.TendAsync();
        await AssertNothingBeforeAsync(one, () => Two.Manager.SendAllAsync("Mark", [1]));
        Assert.False(call.IsCompleted);

        // The caller's node hears nothing while the answer comes, and notices that later.
        await Two.DeafenAsync(Redis);
        await AnswerAsync(One, one, asked.InvocationId, 10);
        await Eventually.TrueAsync(async () =>
        {
            await Two.TendAsync();
            return call.IsCompleted;
        });

        Assert.Contains("lost", (await Assert.ThrowsAsync<IOException>(() => call.Within())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeConnectionAsync_ClientOfAnotherProtocol_IsUnderstood()
    {
        IHubProtocol[] both = [new JsonHubProtocol(), new RenamedJson("other")];
        var (three, four) = (await StartNodeAsync("three", both), await StartNodeAsync("four", both));
        var peer = await ConnectAsync(three, protocol: both[1]);
        var call = four.Manager.InvokeConnectionAsync<string>(peer.Id, "Result", ["test"], CancellationToken.None);

        await AnswerAsync(three, peer, (await peer.ReadAsync()).InvocationId, "words");

        Assert.Equal("words", await call.Within());
    }

    /// <summary>As SignalR's dispatcher does it: the answer is read as the type that the manager names.</summary>
    private static async Task AnswerAsync(BackplaneNode node, HubPeer peer, string id, object answer)
    {
        var raw = new RawResult(new ReadOnlySequence<byte>(JsonSerializer.SerializeToUtf8Bytes(answer)));
        await node.Manager.SetConnectionResultAsync(peer.Id, CompletionMessage.WithResult(id, raw)).Within();
    }
}
