using System.Globalization;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Rushing;

/// <summary>What people come for. Thread-safe.</summary>
internal abstract class RushKind
{
    /// <summary>Settings of a node besides those that every load run has.</summary>
    public abstract IReadOnlyList<string> SettingsOf(string queue);

    /// <summary>Gets in line. Answers the contact's id.</summary>
    /// <param name="number">Of the customer, from 0; different for each.</param>
    public abstract Task<string> AskAsync(LoadHub customer, string topic, int number);

    /// <summary>Ends what the agent has just taken, and makes the agent free.</summary>
    public abstract Task FinishAsync(LoadHub agent, AcceptOfferResult accepted);

    protected static string NewId() => Guid.CreateVersion7().ToString("N");
}

internal sealed class ChatRush : RushKind
{
    public override IReadOnlyList<string> SettingsOf(string queue) => [];

    public override async Task<string> AskAsync(LoadHub customer, string topic, int number) =>
        (await customer.CallAsync<StartChatResult>(nameof(IChatHub.StartChat), new StartChatRequest(NewId(), topic, "Good morning, where is my parcel?"))).ContactId;

    public override Task FinishAsync(LoadHub agent, AcceptOfferResult accepted) =>
        agent.CallAsync<Acknowledged>(nameof(IChatHub.EndChat), new EndChatRequest(accepted.ConversationId!));
}

internal sealed class CallbackRush : RushKind
{
    public override IReadOnlyList<string> SettingsOf(string queue) =>
        [$"--Sites:demo:Queues:{queue}:Callbacks:WrapUp=00:00:00", "--Callbacks:RequestsPerAddressAndHour=100000"];

    public override async Task<string> AskAsync(LoadHub customer, string topic, int number)
    {
        // Dutch mobile numbers, each another.
        var phone = string.Create(CultureInfo.InvariantCulture, $"+3161{number:D7}");
        return (await customer.CallAsync<CallbackStatus>(nameof(IChatHub.RequestCallback), new RequestCallbackRequest(NewId(), topic, phone))).ContactId;
    }

    public override Task FinishAsync(LoadHub agent, AcceptOfferResult accepted) => agent.CallAsync<CompleteCallbackResult>(
        nameof(IChatHub.CompleteCallback), new CompleteCallbackRequest(NewId(), accepted.ContactId, CallOutcomes.Reached));
}
