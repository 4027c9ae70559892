using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Wire;

/// <summary>What only somebody with a program of their own sends.</summary>
public sealed class HostileStories(OneNodeAtItsRates node) : WireStories(node), IClassFixture<OneNodeAtItsRates>
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("' OR 1=1; DROP TABLE entries; --", "' OR 1=1; DROP TABLE entries; --")]
    [InlineData("caf\u0065\u0301", "caf\u00e9")]
    [InlineData("a\0b\u0007c\u001b[31md", "abc[31md")]
    [InlineData("two\r\nlines\tand a tab", "two\nlines and a tab")]
    [InlineData("👩‍👩‍👧 family", "👩‍👩‍👧 family")]
    [InlineData("pay \u202Eevil\u202C\u200B now", "pay evil now")]
    public async Task Text_OfAnyKind_ArrivesAsTextOnly(string sent, string arrives)
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);

        var answer = await customer.SayAsync(conversation, sent);

        var heard = await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Seq == answer.Seq);
        Assert.Equal(arrives, heard.Message.Text);
    }

    [Fact]
    public async Task Text_OfForbiddenLength_IsRefused()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);

        await customer.SayAsync(conversation, new string('x', Limits.TextLength));
        foreach (var (text, code) in new[] { (new string('x', Limits.TextLength + 1), ErrorCodes.TooLarge), ("", ErrorCodes.Invalid), (" \n", ErrorCodes.Invalid), ("\0", ErrorCodes.Invalid) })
        {
            var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => customer.SayAsync(conversation, text));
            Assert.Equal(code, refusal.Code);
        }
    }

    [Fact]
    public async Task Calls_WithFieldsMissing_AreRefusedWithoutAnInternalError()
    {
        var world = Open();
        var customer = await world.CustomerAsync();
        var agent = await world.AgentAsync();
        await using var asCustomer = await RawHubConnection.OpenAsync(world.CustomersNode.Address, customer.Token);
        await using var asAgent = await RawHubConnection.OpenAsync(world.CustomersNode.Address, agent.Token);

        foreach (var (connection, method) in new[]
        {
            (asCustomer, "Join"), (asCustomer, "Leave"), (asCustomer, "Send"), (asCustomer, "SetTyping"), (asCustomer, "MarkRead"), (asCustomer, "EndChat"), (asCustomer, "StartChat"),
            (asAgent, "AcceptOffer"), (asAgent, "DeclineOffer"), (asAgent, "Transfer"), (asAgent, "AddNote"),
        })
        {
            foreach (var arguments in new[] { "[{}]", "[null]", """[{"conversationId":"","messageId":"","text":""}]""" })
            {
                var error = await connection.FailAsync(method, arguments);
                Assert.Contains(HubRefusalException.Parse(error).Code, new[] { ErrorCodes.Invalid, ErrorCodes.NotFound, ErrorCodes.Stale });
            }
        }
    }

    [Fact]
    public async Task Frame_OfAMegabyte_CostsOnlyItsSender()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        await using var hostile = await RawHubConnection.OpenAsync(world.CustomersNode.Address, (await world.CustomerAsync()).Token);

        await hostile.SendAsync($$"""{"type":1,"invocationId":"1","target":"Send","arguments":[{"text":"{{new string('x', 1024 * 1024)}}"}]}""");

        await hostile.ClosedAsync();
        await customer.SayAsync(conversation, "unharmed");
        await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "unharmed");
    }

    [Fact]
    public async Task Flood_OfCalls_IsRefusedAndCostsOnlyItsSender()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        var flooder = await world.CustomerAsync();

        var refusals = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => CodeOfAsync(flooder)));

        var refusal = Assert.IsType<HubRefusalException>(refusals.First(answer => answer is not null));
        Assert.Equal(ErrorCodes.RateLimited, refusal.Code);
        Assert.NotNull(refusal.RetryAfter);
        await customer.SayAsync(conversation, "unharmed");
        await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "unharmed");
    }

    [Fact]
    public async Task Reader_WhoNeverReads_IsCutOffAndCostsNobodyElse()
    {
        var world = await StartAsync("--HubRates:PersonCallsPerSecond=10000", "--HubRates:ConnectionCallsPerSecond=10000", "--HubRates:PersonBurst=10000", "--HubRates:ConnectionBurst=10000");
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        await using var slow = await RawHubConnection.OpenAsync(world.CustomersNode.Address, customer.Token, receiveBuffer: 4096);
        await slow.CallAsync("Join", $$"""[{"conversationId":"{{conversation}}","afterSeq":0}]""");

        // As bytes on the wire six times as long: more than what the systems in between keep for a reader who does not read.
        var text = new string('é', 3_500);
        var sent = 0;
        while (sent < 1_500)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => agent.SayAsync(conversation, text)));
            sent += 50;
        }

        await slow.ClosedAsync();
        await customer.Client.Events.Messages.WaitForAsync(message => message.Message.Seq >= sent);
    }

    private static async Task<HubRefusalException?> CodeOfAsync(WirePerson person)
    {
        try
        {
            await person.Client.MyContacts(new MyContactsRequest());
            return null;
        }
        catch (HubRefusalException refusal)
        {
            return refusal;
        }
    }
}
