using CoPilot.Contracts;
using CoPilot.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.Specifications.Routing;

/// <summary>
/// One step of a random history. Which contact or offer it means is a number that is taken modulo what there is by then, so that every part of a
/// history is a history too, and shrinking works.
/// </summary>
public abstract partial record RoutingOperation
{
    private static readonly string[] Agents = ["anna", "bert", "carl"];
    private static readonly string[] Customers = ["c0", "c1", "c2", "c3", "c4", "c5", "c6"];
    private static readonly string[] Tabs = ["1", "2"];
    private static readonly string[] Topics = [RoutingSites.Orders, RoutingSites.Express, RoutingSites.Payments, RoutingSites.Small, RoutingSites.Night, RoutingSites.Shifts, "?"];
    private static readonly string[] CallTopics = [.. Topics, RoutingSites.Shifts, RoutingSites.Shifts, RoutingSites.Shifts];
    private static readonly string[] Phones = ["+31600000000", "+31600000001", "+31600000002", "+31600000003", "+31600000004"];

    private static readonly string[] Outcomes =
        [CallOutcomes.Reached, CallOutcomes.NoAnswer, CallOutcomes.NoAnswer, CallOutcomes.Busy, CallOutcomes.Voicemail, CallOutcomes.WrongNumber];

    private static readonly string?[] Queues = [RoutingSites.Orders, RoutingSites.Payments, RoutingSites.Small, "?", null, null, null];
    private static readonly string?[] Targets = [.. Agents, "nobody", null, null, null];
    private static readonly string[] Statuses =
        [AgentStatuses.Available, AgentStatuses.Available, AgentStatuses.Available, AgentStatuses.Away, AgentStatuses.Offline];

    private static readonly string[][] Skills =
    [
        [RoutingSites.Orders],
        [RoutingSites.Orders, RoutingSites.Payments],
        [RoutingSites.Payments, RoutingSites.Small, RoutingSites.Shifts + ":8"],
        [RoutingSites.Orders, RoutingSites.Payments + ":7", RoutingSites.Small, RoutingSites.Shifts],
        [RoutingSites.Shifts + ":10", RoutingSites.Orders],
    ];

    /// <summary>Times to choose, in slots from now; 0 is now.</summary>
    private static readonly int[] Slots = [0, 0, 0, 0, 1, 1, 1, 2, 3, 700];
    private static readonly string[] Closable = [RoutingSites.Orders, RoutingSites.Shifts, RoutingSites.Shifts];

    /// <summary>In milliseconds; 0 is until the queue is opened, and what is before now is no end.</summary>
    private static readonly int[] Closures = [0, -1, 5_000, 20_000, 60_000, 150_000, 300_000];
    private static readonly int[] Pauses = [1, 999, 5_000, 10_000, 20_000, 30_000, 45_000, 60_000, 300_000];
    private static readonly int[] Stays = [1, 2_000, 7_999, 8_000, 10_000, 20_000, 60_000];

    /// <summary>In seconds: what supervisors give, which may be more than any rule does.</summary>
    private static readonly int[] HeadStarts = [0, 1, 30, 60, 90, 600, 1_800];

    /// <summary>When to look again, in milliseconds; 0 ends the chat.</summary>
    private static readonly int[] Looks = [0, 1_000, 30_000, 120_000];
    private static readonly int[] ClockSteps = [-1, -20_000, -120_000, -300_000, -900_000, 120_000, 360_000, 900_000];

    /// <summary>Any step, the usual ones more often.</summary>
    public static Gen<RoutingOperation> Any { get; } = Gen.Frequency(
        (12, Numbers.Select(n => (RoutingOperation)new Enqueue(Of(Customers, n[0]), Of(Topics, n[1]), n[2] % 30))),
        (9, Numbers.Select(n => (RoutingOperation)new RequestCallback(Of(Customers, n[0]), Of(CallTopics, n[1]), Of(Phones, n[2]), n[3] % 30, Of(Slots, n[3] / 30)))),
        (5, Numbers.Select(n => (RoutingOperation)new RescheduleCallback(n[0], Of(Slots, n[1])))),
        (5, Numbers.Select(n => (RoutingOperation)new SwitchToCallback(n[0], Of(Phones, n[1]), Of(Slots, n[2]), n[3] % 30))),
        (4, Numbers.Select(n => (RoutingOperation)new SwitchToChat(n[0], n[1] % 30))),
        (7, Numbers.Select(n => (RoutingOperation)new CompleteCallback(n[0], Of(Outcomes, n[1]), n[2] % 10))),
        (5, Numbers.Select(n => (RoutingOperation)new Connect(Of(Agents, n[0]), Of(Tabs, n[1]), 1 + (n[2] % 3), n[3] % Skills.Length))),
        (2, Numbers.Select(n => (RoutingOperation)new Disconnect(Of(Agents, n[0]), Of(Tabs, n[1])))),
        (3, Numbers.Select(n => (RoutingOperation)new Renew(Of(Agents, n[0]), Of(Tabs, n[1])))),
        (3, Numbers.Select(n => (RoutingOperation)new SettleInactivity(n[0], n[1] % 5 == 0 ? 1 : 0, Of(Looks, n[2])))),
        (4, Numbers.Select(n => (RoutingOperation)new HoldCustomers([Of(Customers, n[0]), Of(Customers, n[1]), Of(Customers, n[2])]))),
        (3, Numbers.Select(n => (RoutingOperation)new ReleaseCustomers([Of(Customers, n[0]), Of(Customers, n[1])]))),
        (6, Numbers.Select(n => (RoutingOperation)new SetStatus(Of(Agents, n[0]), Of(Statuses, n[1])))),
        (12, Numbers.Select(n => (RoutingOperation)new Accept(Of(Agents, n[0]), n[1]))),
        (5, Numbers.Select(n => (RoutingOperation)new Decline(Of(Agents, n[0]), n[1]))),
        (6, Numbers.Select(n => (RoutingOperation)new Transfer(n[0], Of(Queues, n[1]), Of(Targets, n[2]), n[3] % 10))),
        (3, Numbers.Select(n => (RoutingOperation)new CloseByCustomer(n[0]))),
        (3, Numbers.Select(n => (RoutingOperation)new CloseByAgent(Of(Agents, n[0]), n[1]))),
        (1, Numbers.Select(n => (RoutingOperation)new CloseQueue(Of(Closable, n[0]), Of(Closures, n[1])))),
        (2, Numbers.Select(n => (RoutingOperation)new OpenQueue(Of(Closable, n[0])))),
        (3, Numbers.Select(n => (RoutingOperation)new MoveContact(n[0], Of(Queues, n[1]) ?? RoutingSites.Shifts))),
        (2, Numbers.Select(n => (RoutingOperation)new SetHeadStart(n[0], Of(HeadStarts, n[1])))),
        (5, Numbers.Select(n => (RoutingOperation)new Pass(Of(Pauses, n[0])))),
        (9, Numbers.Select(n => (RoutingOperation)new Stay(Of(Stays, n[0])))),
        (4, Numbers.Select(n => (RoutingOperation)new ShowWait(n[0], 1 + (n[1] % 60)))),
        (2, Numbers.Select(n => (RoutingOperation)new StepClock(Of(ClockSteps, n[0])))),
        (12, Gen.Constant<RoutingOperation>(new FireTimers())),
        (1, Gen.Constant<RoutingOperation>(new Die())),
        (1, Gen.Constant<RoutingOperation>(new Restart())));

    private static Gen<int[]> Numbers => Gen.ArrayOf(Gen.Choose(0, 839), 4);

    /// <summary>Lives the step in the model, whose answer is the one expected, and says what an engine is to do. Which contact or offer it is about is the model's choice.</summary>
    internal abstract Act Begin(RoutingModel model, ManualTimeProvider clock);

    internal sealed record Act(string Expected, Func<RoutingTwin, Task<string>> ByAsync);

    public sealed record Enqueue(string Customer, string Topic, int Request) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) =>
            new(model.Enqueue(Customer, Topic, $"e{Request}"), twin => twin.EnqueueAsync(Customer, Topic, $"e{Request}"));
    }

    public sealed record ShowWait(int Contact, int Minutes) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var contact = model.PickContact(Contact);
            return new(model.ShowWait(contact, Minutes), twin => twin.ShowWaitAsync(contact, Minutes));
        }
    }

    public sealed record Connect(string Agent, string Tab, int Capacity, int Skill) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) =>
            new(model.Connect(Agent, Capacity, Skills[Skill], Tab), twin => twin.ConnectAsync(Agent, Capacity, Skills[Skill], Tab));
    }

    public sealed record Disconnect(string Agent, string Tab) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) =>
            new(model.Disconnect(Agent, Tab), twin => twin.DisconnectAsync(Agent, Tab));
    }

    public sealed record Renew(string Agent, string Tab) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) =>
            new(model.Renew([(Agent, Tab)]), twin => twin.RenewAsync([(Agent, Tab)]));
    }

    /// <summary>Time goes by and a node has renewed whatever is connected to it, in one call, just before a lease would have run out or somewhat late.</summary>
    public sealed record Stay(int Milliseconds) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            MoveClock(model, clock, Milliseconds);
            (string, string)[] connections =
                [.. model.Agents.Values.SelectMany(agent => agent.Leases.Keys.Except(agent.Dead).Select(tab => (agent.Id, tab)))];
            return new(model.Renew(connections), twin => twin.RenewAsync(connections));
        }
    }

    /// <summary>Mostly of a chat that is served, and mostly in time.</summary>
    public sealed record SettleInactivity(int Contact, int Late, int Look) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var chats = model.Contacts.FindAll(contact => !contact.IsCallback && contact.State == ContactStates.Active);
            var contact = Contact % 4 > 0 && chats.Count > 0 ? chats[Contact % chats.Count] : model.PickContact(Contact);
            var fence = (contact?.Fence ?? 1) - Late;
            DateTimeOffset? next = Look == 0 ? null : clock.GetUtcNow().AddMilliseconds(Look);
            return new(model.SettleInactivity(contact, fence, next), twin => twin.SettleInactivityAsync(contact, fence, next));
        }
    }

    public sealed record HoldCustomers(string[] Connected) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) =>
            new(model.HoldCustomers(Connected), twin => twin.HoldCustomersAsync(Connected));

        public override string ToString() => $"HoldCustomers {string.Join(' ', Connected)}";
    }

    public sealed record ReleaseCustomers(string[] Gone) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) =>
            new(model.ReleaseCustomers(Gone), twin => twin.ReleaseCustomersAsync(Gone));

        public override string ToString() => $"ReleaseCustomers {string.Join(' ', Gone)}";
    }

    public sealed record SetStatus(string Agent, string Status) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) =>
            new(model.SetStatus(Agent, Status), twin => twin.SetStatusAsync(Agent, Status));
    }

    public sealed record Accept(string Agent, int Offer) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var offer = model.PickOffer(Agent, Offer);
            return new(model.Accept(Agent, offer), twin => twin.AcceptAsync(Agent, offer));
        }
    }

    public sealed record Decline(string Agent, int Offer) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var offer = model.PickOffer(Agent, Offer);
            return new(model.Decline(Agent, offer), twin => twin.DeclineAsync(Agent, offer));
        }
    }

    /// <summary>By whoever served the contact last.</summary>
    public sealed record Transfer(int Contact, string? Queue, string? Target, int Request) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var contact = model.PickContact(Contact);
            var agent = contact?.ServedBy ?? Agents[0];
            return new(
                model.Transfer(agent, contact, Queue, Target, $"t{Request}"),
                twin => twin.TransferAsync(agent, contact, Queue, Target, $"t{Request}"));
        }
    }

    public sealed record CloseByCustomer(int Contact) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var contact = model.PickContact(Contact);
            var customer = contact?.Customer ?? Customers[0];
            return new(model.Close(contact, Roles.Customer, customer), twin => twin.CloseAsync(contact, Roles.Customer, customer));
        }
    }

    public sealed record CloseByAgent(string Agent, int Contact) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var contact = model.PickContact(Contact);
            return new(model.Close(contact, Roles.Agent, Agent), twin => twin.CloseAsync(contact, Roles.Agent, Agent));
        }
    }

    public sealed record CloseQueue(string Queue, int Milliseconds) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            DateTimeOffset? until = Milliseconds == 0 ? null : clock.GetUtcNow().AddMilliseconds(Milliseconds);
            return new(model.CloseQueue(Queue, until), twin => twin.CloseQueueAsync(Queue, until));
        }
    }

    public sealed record MoveContact(int Contact, string Queue) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var contact = model.PickContact(Contact);
            return new(model.MoveContact(contact, Queue), twin => twin.MoveContactAsync(contact, Queue));
        }
    }

    public sealed record SetHeadStart(int Contact, int HeadStart) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var contact = model.PickContact(Contact);
            return new(model.SetHeadStart(contact, HeadStart), twin => twin.SetHeadStartAsync(contact, HeadStart));
        }
    }

    public sealed record OpenQueue(string Queue) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) => new(model.OpenQueue(Queue), twin => twin.OpenQueueAsync(Queue));
    }

    public sealed record Pass(int Milliseconds) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) => MoveClock(model, clock, Milliseconds);
    }

    /// <summary>The wall clock is set, forwards or backwards, but never back beyond what answers to requests are kept for.</summary>
    public sealed record StepClock(int Milliseconds) : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock)
        {
            var furthest = (int)(model.Latest - Limits.RequestMemory - clock.GetUtcNow()).TotalMilliseconds;
            return MoveClock(model, clock, Math.Max(Milliseconds, Math.Min(0, furthest)));
        }
    }

    public sealed record FireTimers : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) => new(model.Fire(), twin => twin.FireAsync());
    }

    /// <summary>The node dies, and what it knew with it; another one takes over.</summary>
    public sealed record Die : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) => new(model.Die(), twin => twin.DieAsync());
    }

    public sealed record Restart : RoutingOperation
    {
        internal override Act Begin(RoutingModel model, ManualTimeProvider clock) => new(model.Restart(), twin => twin.RestartAsync());
    }

    private static Act MoveClock(RoutingModel model, ManualTimeProvider clock, int milliseconds)
    {
        clock.StepWallClock(TimeSpan.FromMilliseconds(milliseconds));
        model.Begin(clock.GetUtcNow());
        return new("", _ => Task.FromResult(""));
    }

    private static T Of<T>(T[] choices, int number) => choices[number % choices.Length];
}
