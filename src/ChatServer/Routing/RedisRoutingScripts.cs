using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>The steps and reads of routing, each behind what they share.</summary>
internal static class RedisRoutingScripts
{
    private static readonly string[] Libraries =
    [
        "routing_lib_site", "routing_lib_supervision", "routing_lib_agents", "routing_lib_contacts", "routing_lib_lines", "routing_lib_waits", "routing_lib_customers", "routing_lib_calls", "routing_lib_overflow", "routing_lib_preference", "routing_lib_steps", "routing_lib_callbacks", "routing_lib_matching", "routing_lib_presence",
        "routing_lib_reply",
    ];

    public static RedisScript Begin { get; } = Load("routing_begin");

    public static RedisScript Enqueue { get; } = Load("routing_enqueue");

    public static RedisScript RequestCallback { get; } = Load("routing_callback_request");

    public static RedisScript RescheduleCallback { get; } = Load("routing_callback_reschedule");

    public static RedisScript SwitchToCallback { get; } = Load("routing_switch_to_callback");

    public static RedisScript SwitchToChat { get; } = Load("routing_switch_to_chat");

    public static RedisScript CompleteCallback { get; } = Load("routing_callback_complete");

    public static RedisScript HoldCall { get; } = Load("routing_call_hold");

    public static RedisScript NoteCall { get; } = Load("routing_call_note");

    public static RedisScript Connect { get; } = Load("routing_connect");

    public static RedisScript Renew { get; } = Load("routing_renew");

    public static RedisScript Disconnect { get; } = Load("routing_disconnect");

    public static RedisScript HoldCustomers { get; } = Load("routing_customers_hold");

    public static RedisScript ReleaseCustomers { get; } = Load("routing_customers_release");

    public static RedisScript Status { get; } = Load("routing_status");

    public static RedisScript Accept { get; } = Load("routing_accept");

    public static RedisScript Decline { get; } = Load("routing_decline");

    public static RedisScript Transfer { get; } = Load("routing_transfer");

    public static RedisScript Close { get; } = Load("routing_close");

    public static RedisScript CloseQueue { get; } = Load("routing_queue_close");

    public static RedisScript OpenQueue { get; } = Load("routing_queue_open");

    public static RedisScript SettleInactivity { get; } = Load("routing_inactivity_settle");

    public static RedisScript MoveContact { get; } = Load("routing_contact_move");

    public static RedisScript SetHeadStart { get; } = Load("routing_head_start");

    public static RedisScript Fire { get; } = Load("routing_fire");

    public static RedisScript ReadContact { get; } = Load("routing_contact_read");

    public static RedisScript ReadCustomer { get; } = Load("routing_customer_read");

    public static RedisScript ReadAgent { get; } = Load("routing_agent_read");

    public static RedisScript ReadQueues { get; } = Load("routing_queues_read");

    public static RedisScript ReadColleagues { get; } = Load("routing_colleagues_read");

    public static RedisScript ReadLine { get; } = Load("routing_line_read");

    public static RedisScript ReadPosition { get; } = Load("routing_position_read");

    public static RedisScript ReadWaits { get; } = Load("routing_waits_read");

    public static RedisScript ReadAgents { get; } = Load("routing_agents_read");

    public static RedisScript ReadSite { get; } = Load("routing_site_read");

    public static RedisScript KeepShownWaits { get; } = Load("routing_waits_shown");

    public static RedisScript ReadSlots { get; } = Load("routing_slots_read");

    public static RedisScript ReadInvariants { get; } = Load("routing_invariants_read");

    public static RedisScript ReadEffects { get; } = Load("routing_effects_read");

    private static RedisScript Load(string name) => RedisScript.Load(typeof(RedisRoutingScripts).Assembly, name, Libraries);
}
