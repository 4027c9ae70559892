using CoPilot.ChatServer.Routing;

namespace CoPilot.Specifications.Routing;

/// <summary>What the model keeps for estimates of waits.</summary>
internal abstract class RoutingModelWaits
{
    private readonly Dictionary<string, HandlingTimes> _times = [];

    public DateTimeOffset Now { get; protected set; }

    public HandlingTimes TimesOf(string queue) => _times.GetValueOrDefault(queue);

    public string ShowWait(ModelContact? contact, int minutes)
    {
        if (contact is { IsInLine: true, ServedBy: null, Shown: null })
        {
            contact.Shown = $"{minutes * 60}-{minutes * 120} {Now:HH:mm:ss.fff}";
            contact.ShownRange = (Now, minutes);
        }

        return "";
    }

    protected void Took(string queue) => _times[queue] = TimesOf(queue).Took(Now.ToUnixTimeMilliseconds());

    protected void GaveBack(string queue, bool handled) => _times[queue] = TimesOf(queue).GaveBack(Now.ToUnixTimeMilliseconds(), handled);

    /// <summary>An agent takes the contact.</summary>
    protected void CountTaking(ModelContact contact, TimeSpan answerWithin)
    {
        if (contact.ServedBy is null)
        {
            Count(contact.Queue, AnswerFigures.Answer(Now - contact.ArrivedAt <= answerWithin));
        }

        if (contact.Shown is not null)
        {
            var waited = Now - contact.ShownRange.At;
            Count(contact.Queue, AnswerFigures.Estimate(
                waited >= TimeSpan.FromMinutes(contact.ShownRange.Minutes) && waited <= TimeSpan.FromMinutes(2 * contact.ShownRange.Minutes)));
        }
    }

    /// <summary>The contact ends.</summary>
    protected void CountLeaving(ModelContact contact, TimeSpan answerWithin)
    {
        if (contact is { IsInLine: true, ServedBy: null } && Now - contact.ArrivedAt > answerWithin)
        {
            Count(contact.Queue, AnswerFigures.Answer(inTime: false));
        }
    }

    /// <summary>The contact took its place in its queue's line.</summary>
    protected void CountHeadStart(ModelContact contact)
    {
        if (contact.HeadStart > 0)
        {
            _times[contact.Queue] = TimesOf(contact.Queue).LetAhead(Now.ToUnixTimeMilliseconds());
        }
    }

    private void Count(string queue, AnswerFigures figures) => _times[queue] = TimesOf(queue).Counted(Now.ToUnixTimeMilliseconds(), figures);

    /// <summary>They keep the call's seat.</summary>
    protected void StartWrapUp(ModelAgent agent, string queue, TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            EndWrapUp(agent);
            (agent.WrapUpUntil, agent.WrapUpQueue) = (Now + time, queue);
            Took(queue);
        }
    }

    protected void EndWrapUp(ModelAgent agent)
    {
        if (agent.WrapUpQueue is { } queue)
        {
            GaveBack(queue, handled: false);
        }

        (agent.WrapUpUntil, agent.WrapUpQueue) = (null, null);
    }
}
