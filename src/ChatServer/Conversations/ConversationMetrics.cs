using System.Diagnostics.Metrics;

namespace CoPilot.ChatServer.Conversations;

/// <summary>Measures of conversations. Thread-safe. No tag names a person or a conversation.</summary>
internal sealed class ConversationMetrics
{
    public const string MeterName = "CoPilot.Conversations";

    private readonly Counter<long> _messages;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _joins;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _cutOff;
    private readonly Counter<long> _repairs;

    public ConversationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _messages = meter.CreateCounter<long>("copilot.conversations.messages", "{message}", "Messages and notes accepted, by role of their author and kind.");
        _duplicates = meter.CreateCounter<long>("copilot.conversations.duplicates", "{message}", "Messages sent again and recognised.");
        _joins = meter.CreateCounter<long>("copilot.conversations.joins", "{join}", "Joins answered; reset tells those whose caller had another log.");
        _deliveries = meter.CreateCounter<long>("copilot.conversations.deliveries", "{delivery}", "Entries given to connections, once for each connection.");
        _cutOff = meter.CreateCounter<long>(
            "copilot.conversations.cut_off", "{connection}", "Connections cut off because deliveries fell behind or failed, or the log was lost; they join again.");
        _repairs = meter.CreateCounter<long>(
            "copilot.conversations.repairs", "{repair}", "Conversations whose end was told again because something between might not have arrived.");
    }

    public void Accepted(string role, string kind) => _messages.Add(1, new("role", role), new("kind", kind));

    public void Duplicate() => _duplicates.Add(1);

    public void Joined(bool reset) => _joins.Add(1, new KeyValuePair<string, object?>("reset", reset));

    public void Delivered(int connections) => _deliveries.Add(connections);

    public void CutOff(int connections) => _cutOff.Add(connections);

    public void Repaired() => _repairs.Add(1);
}
