using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>How people talk.</summary>
/// <param name="Size">Characters of a message.</param>
/// <param name="Typing">Of how many messages, 0 to 1, the other side is told before that somebody types.</param>
/// <param name="Reading">How many messages, 0 to 1, are marked as read by who receives them.</param>
internal sealed record TalkOptions(int Size, double Typing, double Reading, HubDialect CustomerDialect, HubDialect AgentDialect)
{
    /// <summary>As the product's own pages do, where the system recognises what it was told before.</summary>
    public bool RepeatsUntilAcknowledged { get; init; }

    public static TalkOptions From(ScenarioOptions options) => new(
        Math.Max(TalkText.ShortestLength, options.Count("size", 120)),
        options.Number("typing", 0),
        options.Number("reading", 0),
        HubDialect.Named(options.Text("customers-protocol", "json")),
        HubDialect.Named(options.Text("agents-protocol", "json")));

    public bool IsTypedBefore(TalkText text) => Falls(text, Typing);

    public bool IsRead(TalkText text) => Falls(text, Reading);

    /// <summary>Evenly spread and the same in every run: by the number of the message and not by chance.</summary>
    private static bool Falls(TalkText text, double share) => Math.Floor(text.Number * share) > Math.Floor((text.Number - 1) * share);
}
