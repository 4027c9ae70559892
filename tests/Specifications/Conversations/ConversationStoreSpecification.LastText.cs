using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Conversations;

public abstract partial class ConversationStoreSpecification
{
    [Fact]
    public async Task LastText_NobodyWrote_IsNone()
    {
        Assert.Null(await Store.FindLastTextAsync(Id, EventCodes.InactivityWarning).Within());
        await OpenServedAsync();
        await NoteAsync(Agent, "n1");

        Assert.Null(await Store.FindLastTextAsync(Id, EventCodes.InactivityWarning).Within());
    }

    [Fact]
    public async Task LastText_IsTheLastMessage_WhateverCameAfterIt()
    {
        await OpenServedAsync();
        await SayAsync(Customer, "m1");
        Clock.Advance(TimeSpan.FromSeconds(3));
        var said = await SayAsync(Agent, "m2");
        for (var i = 0; i < 45; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await NoteAsync(Agent, $"n{i}");
        }

        Assert.Equal(
            new LastText(said.Seq, Roles.Agent, said.SentAt, EventAt: null), await Store.FindLastTextAsync(Id, EventCodes.InactivityWarning).Within());
    }

    [Fact]
    public async Task LastText_KnowsTheEventAfterIt_AndNoneBefore()
    {
        await OpenServedAsync();
        await SayAsync(Agent, "m1");
        Clock.Advance(TimeSpan.FromSeconds(5));
        var warnedAt = Clock.GetUtcNow();
        await WarnAsync();
        await NoteAsync(Agent, "n1");
        Assert.Equal(warnedAt, (await Store.FindLastTextAsync(Id, EventCodes.InactivityWarning).Within())!.EventAt);
        Assert.Null((await Store.FindLastTextAsync(Id, EventCodes.Switched).Within())!.EventAt);

        await SayAsync(Customer, "m2");

        var last = (await Store.FindLastTextAsync(Id, EventCodes.InactivityWarning).Within())!;
        Assert.Equal((Roles.Customer, (DateTimeOffset?)null), (last.Role, last.EventAt));
    }

    private Task<bool> WarnAsync() =>
        Store.ApplyAsync(Change(agent: null, EventCodes.InactivityWarning, ContactStates.Active) with { KeepsAgent = true }).Within();
}
