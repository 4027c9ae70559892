using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Guidance;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Scope;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>What the agent shows on the page and proposes: only while they are shown something.</summary>
internal static partial class SessionSteps
{
    private static readonly TimeSpan PointedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Written down once a minute.</summary>
    public static SessionStep Point(CoBrowseSession session, string agentId, GuidanceEvent pointed, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = EnterAsGuide(session, agentId, now, settings);
        if (step.Refusal is not null)
        {
            return step;
        }

        if (session.PointedAt is not { } last || now - last >= PointedEvery)
        {
            step = step.With(step.Session with { PointedAt = now }).WriteRepeatable(Roles.Agent, agentId, AuditWords.Command, now, "point");
        }

        return step.TellCustomer(nameof(ICoBrowseClient.Pointer), pointed);
    }

    public static SessionStep Guide(CoBrowseSession session, string agentId, GuidanceInput input, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = EnterAsGuide(session, agentId, now, settings);
        if (step.Refusal is not null)
        {
            return step;
        }

        if (input.Seq < session.FirstSeq)
        {
            return step.Refuse(SessionRefusals.AnotherPage);
        }

        return (input.Kind is null ? step : step.WriteRepeatable(Roles.Agent, agentId, AuditWords.Command, now, input.Kind))
            .TellCustomer(input.Method, input.Event);
    }

    /// <summary>The proposal before it is void. The same page again, while there is no answer, is the same proposal, told once more.</summary>
    /// <param name="url">A path of the page's origin, or a whole address.</param>
    public static SessionStep Propose(
        CoBrowseSession session, string agentId, string url, CoPilotSite site, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = EnterAsGuide(session, agentId, now, settings);
        if (step.Refusal is not null)
        {
            return step;
        }

        if (site.Scope.FindProposable(session.PageOrigin, url) is not { } address)
        {
            return step.Refuse(SessionRefusals.NotProposable);
        }

        if (session.Proposal is not { IsOpen: true } proposal || proposal.Url != address)
        {
            var number = session.Proposals + 1;
            proposal = new PageProposal($"p{number}", address);
            step = step
                .With(step.Session with { Proposal = proposal, Proposals = number })
                .WriteRepeatable(Roles.Agent, agentId, AuditWords.Command, now, $"propose {PageWords.MaskPath(site.Scope.PathOf(address)!)}");
        }

        return step.TellCustomer(
            nameof(ICoBrowseClient.NavigationProposed), new NavigationProposedEvent(session.SessionId, proposal.Id, address, site.NavigateAtOnce));
    }

    public static SessionStep AnswerProposal(
        CoBrowseSession session, SessionHolder holder, string proposalId, bool isAccepted, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = Enter(session, holder, now, settings, isActive: true);
        if (step.Refusal is not null)
        {
            return step;
        }

        if (session.Proposal is not { } proposal || proposal.Id != proposalId || (proposal.Accepted ?? isAccepted) != isAccepted)
        {
            return step.Refuse(SessionRefusals.NotNow);
        }

        // Said before, and its answer got lost.
        if (!proposal.IsOpen)
        {
            return step;
        }

        return step
            .With(step.Session with { Proposal = proposal with { Accepted = isAccepted } })
            .WriteRepeatable(Roles.Customer, holder.CustomerId, isAccepted ? AuditWords.ProposalAccepted : AuditWords.ProposalDeclined, now)
            .TellAgent(nameof(ICoBrowseClient.NavigationAnswered), new NavigationAnsweredEvent(session.SessionId, proposalId, isAccepted));
    }

    /// <summary>The question was on the page before this one, or is taken back there, so nobody answers it any more; being on the proposed page says what the answer was.</summary>
    private static SessionStep CloseProposal(SessionStep step, CustomerPage page)
    {
        if (step.Session.Proposal is not { IsOpen: true } proposal)
        {
            return step;
        }

        var isThere = page.Origin is { } origin && proposal.Url.StartsWith(origin + "/", StringComparison.Ordinal)
            && PageWords.MaskPath(proposal.Url[origin.Length..]) == page.Shown.PageUrl;
        return step
            .With(step.Session with { Proposal = isThere ? proposal with { Accepted = true } : null })
            .TellAgent(nameof(ICoBrowseClient.NavigationAnswered), new NavigationAnsweredEvent(step.Session.SessionId, proposal.Id, isThere));
    }

    /// <summary>Only the session's own agent, and only while a page is shown to them.</summary>
    private static SessionStep EnterAsGuide(CoBrowseSession session, string agentId, DateTimeOffset now, CoBrowseSettings settings)
    {
        var step = SessionStep.Unchanged(session);
        if (session.AgentId != agentId)
        {
            return step.Refuse(SessionRefusals.NoSuchSession);
        }

        if (session.IsEnded)
        {
            return step.Refuse(SessionRefusals.Ended);
        }

        if (!session.IsRunning)
        {
            return step.Refuse(SessionRefusals.NotYet);
        }

        return session is { State: SessionStates.Live, Page.InScope: true }
            ? SessionStep.Unchanged(See(session, now, settings))
            : step.Refuse(SessionRefusals.NothingShown);
    }
}
