using CoPilot.Contracts.CoBrowse;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Relaying;

/// <summary>An agent's browser that looks at a page, and acknowledges what came as soon as it has come.</summary>
internal sealed class WatchingAgent(FrameLedger ledger, RelaySteps steps) : IHubReceiver
{
    public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
    {
        if (target.SequenceEqual("PointerMoved"u8))
        {
            steps.PointersSeen.Add();
        }
        else if (target.SequenceEqual("Frames"u8))
        {
            See(hub, hub.Dialect.Read<FramesEvent>(body));
        }
    }

    public void Ended(LoadHub hub, Exception? error)
    {
        if (error is not null)
        {
            steps.Unawaited.Failed(error);
        }
    }

    private void See(LoadHub hub, FramesEvent frames)
    {
        var whole = 0L;
        foreach (var piece in frames.Frames)
        {
            if (ledger.See(piece) is { } intended)
            {
                steps.Seen.Ok(intended);
                whole = piece.Seq;
            }
        }

        if (whole > 0)
        {
            hub.Post(nameof(ICoBrowseHub.AcknowledgeFrames), new AcknowledgeFramesRequest(frames.SessionId, whole), steps.Unawaited);
        }
    }
}
