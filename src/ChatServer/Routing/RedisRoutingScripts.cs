using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>The steps and reads of routing: functions, because what they share took Redis longer to set up before each of them than the steps themselves.</summary>
internal static class RedisRoutingScripts
{
    private static readonly RedisLibrary Library = RedisLibrary.Load(
        typeof(RedisRoutingScripts).Assembly,
        "routing",
        "routing_lib_site", "routing_lib_supervision", "routing_lib_agents", "routing_lib_contacts", "routing_lib_lines", "routing_lib_waits",
        "routing_lib_customers", "routing_lib_calls", "routing_lib_overflow", "routing_lib_preference", "routing_lib_steps", "routing_lib_callbacks",
        "routing_lib_matching", "routing_lib_presence", "routing_lib_reply");

    public static RedisScript Begin { get; } = Library["routing_begin"];

    public static RedisScript Enqueue { get; } = Library["routing_enqueue"];

    public static RedisScript RequestCallback { get; } = Library["routing_callback_request"];

    public static RedisScript RescheduleCallback { get; } = Library["routing_callback_reschedule"];

    public static RedisScript SwitchToCallback { get; } = Library["routing_switch_to_callback"];

    public static RedisScript SwitchToChat { get; } = Library["routing_switch_to_chat"];

    public static RedisScript CompleteCallback { get; } = Library["routing_callback_complete"];

    public static RedisScript HoldCall { get; } = Library["routing_call_hold"];

    public static RedisScript NoteCall { get; } = Library["routing_call_note"];

    public static RedisScript Connect { get; } = Library["routing_connect"];

    public static RedisScript Renew { get; } = Library["routing_renew"];

    public static RedisScript Disconnect { get; } = Library["routing_disconnect"];

    public static RedisScript HoldCustomers { get; } = Library["routing_customers_hold"];

    public static RedisScript ReleaseCustomers { get; } = Library["routing_customers_release"];

    public static RedisScript Status { get; } = Library["routing_status"];

    public static RedisScript Accept { get; } = Library["routing_accept"];

    public static RedisScript Decline { get; } = Library["routing_decline"];

    public static RedisScript Transfer { get; } = Library["routing_transfer"];

    public static RedisScript Close { get; } = Library["routing_close"];

    public static RedisScript CloseQueue { get; } = Library["routing_queue_close"];

    public static RedisScript OpenQueue { get; } = Library["routing_queue_open"];

    public static RedisScript SettleInactivity { get; } = Library["routing_inactivity_settle"];

    public static RedisScript MoveContact { get; } = Library["routing_contact_move"];

    public static RedisScript SetHeadStart { get; } = Library["routing_head_start"];

    public static RedisScript Fire { get; } = Library["routing_fire"];

    public static RedisScript ReadContact { get; } = Library["routing_contact_read"];

    public static RedisScript ReadCustomer { get; } = Library["routing_customer_read"];

    public static RedisScript ReadAgent { get; } = Library["routing_agent_read"];

    public static RedisScript ReadQueues { get; } = Library["routing_queues_read"];

    public static RedisScript ReadColleagues { get; } = Library["routing_colleagues_read"];

    public static RedisScript ReadLine { get; } = Library["routing_line_read"];

    public static RedisScript ReadPositions { get; } = Library["routing_positions_read"];

    public static RedisScript ReadWaits { get; } = Library["routing_waits_read"];

    public static RedisScript ReadAgents { get; } = Library["routing_agents_read"];

    public static RedisScript ReadSite { get; } = Library["routing_site_read"];

    public static RedisScript KeepShownWaits { get; } = Library["routing_waits_shown"];

    public static RedisScript ReadSlots { get; } = Library["routing_slots_read"];

    public static RedisScript ReadInvariants { get; } = Library["routing_invariants_read"];

    public static RedisScript ReadEffects { get; } = Library["routing_effects_read"];
}
