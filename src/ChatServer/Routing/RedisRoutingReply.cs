using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>What every routing script answers: a code, whether something changed, and what the script says besides.</summary>
internal sealed class RedisRoutingReply(RedisReply reply)
{
    /// <summary>The script's moment is not one of those that it was told the hours of.</summary>
    public const string AnotherMoment = "moment";

    private readonly RedisReply[] _items = (RedisReply[])reply!;

    public string Code => (string)_items[0]!;

    public bool IsAccepted => Code == "ok";

    public bool IsChanged => (long)_items[1] == 1;

    public RedisReply this[int index] => _items[index + 2];

    /// <param name="stale">What that refusal is about.</param>
    public Outcome<Contact> ToContact(RedisRoutingSite site, Refusal? stale = null) =>
        IsAccepted ? RedisRoutingReplies.ReadContact(this[0], site) : ToRefusal(stale);

    public Outcome<Agent> ToAgent(RedisRoutingSite site) =>
        IsAccepted ? RedisRoutingReplies.ReadAgent(this[0], site) : ToRefusal(stale: null);

    public Refusal ToRefusal(Refusal? stale) => Code switch
    {
        "not_found" => RoutingRefusals.NotFound,
        "stale" => stale ?? throw Unknown(),
        "invalid" => RoutingRefusals.UnknownTopic,
        "outside_hours" => RoutingRefusals.OutsideHours,
        "queue_full" => RoutingRefusals.QueueFull,
        "no_callbacks" => RoutingRefusals.NoCallbacks,
        "bad_time" => RoutingRefusals.BadTime,
        "slot_full" => RoutingRefusals.SlotFull,
        "too_late_to_switch" => RoutingRefusals.TooLateToSwitch,
        "other_number" => RoutingRefusals.OtherNumber,
        "chat_is_open" => RoutingRefusals.ChatIsOpen,
        "call_under_way" => RoutingRefusals.CallUnderWay,
        "too_late" => RoutingRefusals.TooLateToMove,
        "number_taken" => RoutingRefusals.NumberTaken,
        "too_many_callbacks" => RoutingRefusals.TooManyCallbacks,
        "too_late_to_move_contact" => RoutingRefusals.TooLateToMoveContact,
        "not_waiting" => RoutingRefusals.NotWaiting,
        "bad_end" => RoutingRefusals.BadEnd,
        "one_target" => RoutingRefusals.OneTarget,
        "own_contact" => RoutingRefusals.OwnContact,
        "unknown_target" => RoutingRefusals.UnknownTarget,
        "cannot_take_it" => RoutingRefusals.CannotTakeIt,
        _ => throw Unknown(),
    };

    private InvalidOperationException Unknown() => new($"A routing script answered '{Code}'.");
}
