using CoPilot.Contracts.Chat;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>How far a client has read a conversation, over all of its connections. Thread-safe.</summary>
internal sealed class ReadingCursor
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _epochs = new(StringComparer.Ordinal);
    private string? _epoch;
    private string? _messageId;
    private long _seq;

    public IReadOnlyCollection<string> Epochs
    {
        get
        {
            lock (_gate)
            {
                return [.. _epochs];
            }
        }
    }

    public void SawEpoch(string epoch)
    {
        lock (_gate)
        {
            _epochs.Add(epoch);
        }
    }

    public JoinRequest Claim(string conversationId)
    {
        lock (_gate)
        {
            return new JoinRequest(conversationId, _epoch, _seq, _messageId);
        }
    }

    public void Take(JoinResult page)
    {
        lock (_gate)
        {
            _epochs.Add(page.Epoch);
            _epoch = page.Epoch;
            if (page.Messages.Count > 0 && (page.Reset || page.Messages[^1].Seq > _seq))
            {
                (_seq, _messageId) = (page.Messages[^1].Seq, page.Messages[^1].MessageId);
            }
        }
    }

    /// <summary>False when something before it was missed.</summary>
    public bool Take(MessageEvent message)
    {
        lock (_gate)
        {
            _epochs.Add(message.Epoch);
            if (message.Message.After > _seq)
            {
                return false;
            }

            if (message.Message.Seq > _seq)
            {
                (_epoch, _seq, _messageId) = (message.Epoch, message.Message.Seq, message.Message.MessageId);
            }

            return true;
        }
    }
}
