using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>How true an estimate was.</summary>
public static class WaitOutcomes
{
    public const string Inside = "inside";
    public const string Sooner = "sooner";
    public const string Later = "later";

    /// <param name="shown">What the customer was shown first.</param>
    /// <param name="waited">From that moment to an agent's taking the contact.</param>
    public static string Of(WaitRange shown, TimeSpan waited) =>
        waited.TotalSeconds < shown.MinSeconds ? Sooner
        : waited.TotalSeconds > shown.MaxSeconds ? Later
        : Inside;
}
