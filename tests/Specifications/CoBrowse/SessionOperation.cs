using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.Specifications.CoBrowse;

/// <summary>One step of a random history. Which session or token it means is a number that is taken modulo what there is by then, so every part of a history is one too.</summary>
public sealed record SessionOperation(SessionDeed Deed, int Person, int Tab, int Which)
{
    /// <summary>The usual ones more often.</summary>
    public static Gen<SessionOperation> Any { get; } =
        from deed in Gen.Frequency(
            (4, Gen.Constant(SessionDeed.Agree)),
            (6, Gen.Constant(SessionDeed.CreateCode)),
            (10, Gen.Constant(SessionDeed.Redeem)),
            (2, Gen.Constant(SessionDeed.RedeemWrong)),
            (10, Gen.Constant(SessionDeed.Consent)),
            (1, Gen.Constant(SessionDeed.Decline)),
            (8, Gen.Constant(SessionDeed.Resume)),
            (10, Gen.Constant(SessionDeed.ChangePage)),
            (4, Gen.Constant(SessionDeed.Pause)),
            (4, Gen.Constant(SessionDeed.Continue)),
            (4, Gen.Constant(SessionDeed.KeepAlive)),
            (1, Gen.Constant(SessionDeed.EndByCustomer)),
            (1, Gen.Constant(SessionDeed.EndByAgent)),
            (3, Gen.Constant(SessionDeed.Watch)),
            (4, Gen.Constant(SessionDeed.Guide)),
            (4, Gen.Constant(SessionDeed.Propose)),
            (6, Gen.Constant(SessionDeed.AnswerProposal)),
            (8, Gen.Constant(SessionDeed.SeeAgent)),
            (1, Gen.Constant(SessionDeed.SignOut)),
            (2, Gen.Constant(SessionDeed.Disconnect)),
            (6, Gen.Constant(SessionDeed.Pass)),
            (4, Gen.Constant(SessionDeed.Look)))
        from numbers in Gen.ArrayOf(Gen.Choose(0, 839), 3)
        select new SessionOperation(deed, numbers[0], numbers[1], numbers[2]);
}

public enum SessionDeed
{
    /// <summary>A code is made, typed and agreed to: chance alone seldom gets so far.</summary>
    Agree,
    CreateCode,
    Redeem,
    RedeemWrong,
    Consent,
    Decline,
    Resume,
    ChangePage,
    Pause,
    Continue,
    KeepAlive,
    EndByCustomer,
    EndByAgent,
    Watch,
    Guide,
    Propose,
    AnswerProposal,
    SeeAgent,
    SignOut,
    Disconnect,
    Pass,
    Look,
}
