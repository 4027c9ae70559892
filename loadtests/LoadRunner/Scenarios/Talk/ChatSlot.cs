using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>A place for one conversation after the other, always with the same customer.</summary>
internal sealed class ChatSlot
{
    private volatile bool _isOpen;

    /// <summary>Both are in it, and it is not being ended.</summary>
    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }

    /// <summary>Index of the queue that its customer comes by.</summary>
    public int Queue { get; set; }

    public string? ConversationId { get; set; }

    public LoadHub? Customer { get; set; }

    public LoadHub? Agent { get; set; }

    public LoadHub Side(int side) => side == 0 ? Customer! : Agent!;
}
