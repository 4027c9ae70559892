using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>Agents call customers back at the console. The customers speak to the server over the wire.</summary>
public sealed class CallbackStories(BrowserFixture browser, ShopServer shop) : ShopStories(browser, shop), IClassFixture<ShopServer>
{
    private const string Number = "+31 6 12345678";
    private const string Masked = "+31 •••• 5678";

    [Fact]
    public async Task Customer_NotReachedAtFirst_IsCalledAgain()
    {
        var stage = OpenStage();
        var agent = await stage.AgentAsync();
        await agent.BecomeAvailableAsync();
        var customer = await stage.CustomerOnTheWireAsync();

        var asked = await customer.RequestCallback(Wanted("r1")).Within();
        await Assertions.Expect(agent.Offer.GetByText(Masked)).ToBeVisibleAsync();
        await Assertions.Expect(agent.Offer.GetByText("Not called yet")).ToBeVisibleAsync();
        await agent.AcceptCallAsync(Number);
        await Assertions.Expect(agent.NumberLink(Number)).ToHaveAttributeAsync("href", "tel:+31612345678");
        await Assertions.Expect(agent.Card.GetByText("Where is my parcel?")).ToBeVisibleAsync();

        await agent.CompleteAsync("No answer", "Rang for a minute");
        await agent.SeesNotedAsync("No answer");
        await Assertions.Expect(agent.Card.GetByText("The customer is called again at about")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Card.GetByText(Number)).ToHaveCountAsync(0);
        var told = await customer.GetCallback(new GetCallbackRequest(asked.ContactId)).Within();
        Assert.Equal((ContactStates.Scheduled, CallOutcomes.NoAnswer), (told.State, Assert.Single(told.Callback.Attempts).Outcome));

        // The customer does not want to wait for the next try, and nobody is offered anything while they finish up.
        await customer.RescheduleCallback(new RescheduleCallbackRequest("m1", asked.ContactId)).Within();
        await Assertions.Expect(agent.Offer).ToBeHiddenAsync();
        await agent.SayReadyAsync();
        await Assertions.Expect(agent.Offer.GetByText("1 attempt so far, last: No answer")).ToBeVisibleAsync();
        await agent.AcceptCallAsync(Number);
        await Assertions.Expect(agent.Card.GetByText("Rang for a minute")).ToBeVisibleAsync();

        await agent.CompleteAsync("Reached");
        await agent.SeesNotedAsync("Reached");
        await agent.Page.ReloadAsync();
        await agent.SayReadyAsync();
        Assert.Empty((await customer.MyContacts(new MyContactsRequest()).Within()).Contacts);
    }

    [Fact]
    public async Task Callback_IsOneAgents_AndCanBePassedOn()
    {
        var stage = OpenStage();
        var (anna, bob) = (await stage.AgentAsync("agent-1"), await stage.AgentAsync("agent-2"));
        await anna.BecomeAvailableAsync(1);
        await bob.SignInAsync(2);
        var customer = await stage.CustomerOnTheWireAsync();
        var tab = await stage.TabOfAsync(anna, "agent-1-tab");
        await tab.OpenAsync();

        await customer.RequestCallback(Wanted("r1")).Within();
        await Assertions.Expect(tab.Offer).ToBeVisibleAsync();
        await bob.SetStatusAsync("Available");
        await Task.WhenAll(PressAcceptAsync(anna), PressAcceptAsync(tab));
        await Assertions.Expect(anna.Offer).ToBeHiddenAsync();
        await Assertions.Expect(tab.Offer).ToBeHiddenAsync();
        await Assertions.Expect(bob.Offer).ToBeHiddenAsync();

        // Whichever of the two was too late has the call on its list.
        await anna.ChooseAsync("To be called");
        await Assertions.Expect(anna.NumberLink(Number)).ToBeVisibleAsync();

        // A reload in the middle of the call brings the card back.
        await anna.Page.ReloadAsync();
        await Assertions.Expect(anna.NumberLink(Number)).ToBeVisibleAsync();

        await anna.TransferCallAsync("Ben", "Speaks French only");
        await bob.AcceptCallAsync(Number);
        await Assertions.Expect(bob.Card.GetByText("Speaks French only")).ToBeVisibleAsync();
        await Assertions.Expect(anna.Card).ToBeHiddenAsync();
        await Assertions.Expect(tab.Card).ToBeHiddenAsync();

        await bob.Card.GetByRole(AriaRole.Button, new() { Name = "Wrong number" }).ClickAsync();
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, wrong number" }).ClickAsync();
        await bob.SeesNotedAsync("Wrong number");
        var closed = await customer.Events.ContactChanges.WaitForAsync(change => change.State == ContactStates.Closed);
        Assert.Equal(Reasons.WrongNumber, closed.Reason);
    }

    [Fact]
    public async Task Chat_ThatBecameACallback_IsBesideTheCall()
    {
        var stage = OpenStage();
        var agent = await stage.AgentAsync();
        var customer = await stage.CustomerOnTheWireAsync();
        var chat = await customer.StartChat(new StartChatRequest("s1", "orders", "I had rather talk", Name: "Carla")).Within();
        await customer.RequestCallback(new RequestCallbackRequest("r1", "orders", "+31612345678", ContactId: chat.ContactId)).Within();

        await agent.BecomeAvailableAsync();
        await agent.AcceptCallAsync(Number);
        await agent.HearsAsync("I had rather talk");
        await agent.SeesEventAsync("The customer asked to be called instead");
        await agent.PictureAsync("call-beside-chat");

        // Where there is room for one of them, the conversation is a press away.
        await agent.Page.SetViewportSizeAsync(390, 844);
        await Assertions.Expect(agent.Log).ToBeHiddenAsync();
        await agent.PictureAsync("call-before-chat");
        await agent.Page.GetByText("Conversation", new() { Exact = true }).ClickAsync();
        await agent.HearsAsync("I had rather talk");
        await agent.PictureAsync("chat-behind-call");
        await agent.Page.GetByText("Call", new() { Exact = true }).First.ClickAsync();
        await agent.CompleteAsync("Busy");

        await agent.SeesNotedAsync("Busy");
        await Assertions.Expect(agent.Log).ToBeHiddenAsync();
        await agent.SayReadyAsync();
        await customer.CancelCallback(new CancelCallbackRequest("c1", chat.ContactId)).Within();
    }

    [Fact]
    public async Task Outcome_ChosenWithoutANetwork_IsSavedWhenItIsBack()
    {
        var stage = await OpenBehindNetworkAsync();
        stage.Server.Log.MustNotContainNumber(Number);
        var agent = await stage.AgentAsync();
        await agent.BecomeAvailableAsync();
        var customer = await stage.CustomerOnTheWireAsync();
        var asked = await customer.RequestCallback(Wanted("r1")).Within();
        await agent.AcceptCallAsync(Number);

        stage.ExpectBrokenConnections();
        stage.Server.Network!.Cut();
        await Assertions.Expect(agent.Banner).ToBeVisibleAsync();
        await agent.CompleteAsync("Reached", "Said it all");
        await Assertions.Expect(agent.Card.GetByText("No connection: the outcome is saved as soon as it is back.")).ToBeVisibleAsync();
        stage.Server.Network.Restore();

        await agent.SeesNotedAsync("Reached");
        var closed = await customer.Events.ContactChanges.WaitForAsync(change => change.ContactId == asked.ContactId && change.State == ContactStates.Closed);
        Assert.Equal(Reasons.Reached, closed.Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryState_HasNoSeriousFinding(bool isPhone)
    {
        var stage = OpenStage();
        var walk = new AxeWalk();
        var agent = await stage.AgentAsync(isPhone ? "agent-phone" : "agent-desktop", AxeWalk.Device(isPhone));
        await agent.BecomeAvailableAsync();
        var customer = await stage.CustomerOnTheWireAsync();
        var asked = await customer.RequestCallback(Wanted("r1")).Within();
        await Assertions.Expect(agent.Offer).ToBeVisibleAsync();
        await walk.LookAsync(agent, "call-offer");
        await agent.AcceptCallAsync(Number);
        await walk.LookAsync(agent, "call-card");
        await agent.CompleteAsync("Voicemail", "Asked to ring after five");
        await agent.SeesNotedAsync("Voicemail");
        await walk.LookAsync(agent, "call-noted");
        await customer.RescheduleCallback(new RescheduleCallbackRequest("m1", asked.ContactId)).Within();
        await agent.Card.GetByRole(AriaRole.Button, new() { Name = "Ready now" }).ClickAsync();
        await agent.AcceptCallAsync(Number);
        await walk.LookAsync(agent, "call-again");
        await agent.Card.GetByRole(AriaRole.Button, new() { Name = "Wrong number" }).ClickAsync();
        await Assertions.Expect(agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Wrong number?" })).ToBeVisibleAsync();
        await walk.LookAsync(agent, "call-wrong-number");

        walk.Check();
    }

    private static RequestCallbackRequest Wanted(string requestId) =>
        new(requestId, "orders", "+31612345678", Name: "Carla Customer", Note: "Where is my parcel?");

    private static Task PressAcceptAsync(ConsoleWindow agent) => agent.Page.Keyboard.PressAsync("Alt+a");

    private Stage OpenStage()
    {
        var stage = OpenShop();
        stage.Server.Log.MustNotContainNumber(Number);
        return stage;
    }
}
