using Microsoft.AspNetCore.SignalR;

namespace CoPilot.Realtime.Outcomes;

/// <summary>Where a refusal becomes the wire's <c>code: text for a person</c>.</summary>
public static class HubOutcome
{
    public static async Task<T> OrRefuse<T>(this Task<Outcome<T>> call)
        where T : notnull
    {
        var outcome = await call;
        return outcome.IsAccepted ? outcome.Value : throw new HubException($"{outcome.Refusal.Code}: {outcome.Refusal.Text}");
    }
}
