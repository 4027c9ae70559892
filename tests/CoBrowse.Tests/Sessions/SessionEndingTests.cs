using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using static CoPilot.CoBrowse.Tests.Sessions.SampleSession;

namespace CoPilot.CoBrowse.Tests.Sessions;

/// <summary>Who ends a session, what keeps it from ending, and what can be said afterwards.</summary>
public sealed class SessionEndingTests
{
    [Fact]
    public void NotRequested_SaidAfterTheEnd_FlagsOnce()
    {
        var ended = SessionSteps.EndByAgent(Live, "a1", SessionEndReasons.EndedByAgent).Session;

        var step = SessionSteps.EndByCustomer(ended, Tab, SessionEndReasons.NotRequested, Start, Settings);

        Assert.True(step.Session.IsFlagged);
        Assert.Equal((AuditWords.Flagged, "c1"), (Assert.Single(step.Audit).What, step.Audit[0].Who));
        Assert.Equal(SessionEndReasons.EndedByAgent, step.Session.EndReason);
        Assert.Empty(SessionSteps.EndByCustomer(step.Session, Tab, SessionEndReasons.NotRequested, Start, Settings).Audit);
        Assert.Empty(SessionSteps.EndByCustomer(ended, Tab, null, Start, Settings).Audit);
        Assert.False(SessionSteps.EndByCustomer(ended, Tab with { CustomerId = "c2" }, SessionEndReasons.NotRequested, Start, Settings).Session.IsFlagged);
    }

    [Theory]
    [InlineData(SessionEndReasons.EndedByAgent, Roles.Agent)]
    [InlineData(SessionEndReasons.AgentSignedOut, Roles.System)]
    public void EndByAgent_ForAReason_SaysWhoDidIt(string reason, string role) =>
        Assert.Equal(role, Assert.Single(SessionSteps.EndByAgent(Live, "a1", reason).Audit).Role);

    [Fact]
    public void Idle_OnAPageThatChangesItsTitleAndReloadsItself_ComesAllTheSame()
    {
        var (session, token) = (Live, "t1");
        for (var at = TimeSpan.Zero; at < Settings.IdleEnd; at += Settings.KeepAliveEvery)
        {
            var titled = Help with { Shown = Help.Shown with { PageTitle = $"Help ({at})" } };
            session = SessionSteps.ChangePage(session, Tab, titled, Start + at, Settings).Session;
            session = SessionSteps.Resume(session, new ResumeInput(Tab, token, $"t{at}", titled), Start + at).Session;
            token = $"t{at}";
        }

        Assert.Equal(SessionEndReasons.Idle, SessionClock.Advance(session, Start + Settings.IdleEnd, Settings).Session.EndReason);
    }

    [Fact]
    public void AnotherPage_SaysThatSomebodyIsThere()
    {
        var at = Start.AddMinutes(5);
        var cart = Help with { Shown = Help.Shown with { PageUrl = "/cart" } };

        Assert.Equal(at, SessionSteps.ChangePage(Live, Tab, cart, at, Settings).Session.ActiveAt);
        Assert.Equal(at, SessionSteps.Resume(Live, new ResumeInput(Tab, "t1", "t2", cart), at).Session.ActiveAt);
    }

    [Theory]
    [InlineData("/help", false)]
    [InlineData("/cart", true)]
    public void Proposal_OpenAtAPageLoad_IsAnsweredByThePage(string path, bool isThere)
    {
        var session = Live with { Proposal = new PageProposal("p1", Shop + "/cart"), Proposals = 1 };
        var page = Help with { Shown = Help.Shown with { PageUrl = path } };

        var step = SessionSteps.Resume(session, new ResumeInput(Tab, "t1", "t2", page), Start);

        Assert.Contains(step.Notices, notice => notice.Event is NavigationAnsweredEvent { ProposalId: "p1" } answered && answered.Accepted == isThere);
        Assert.Equal(isThere, step.Session.Proposal?.Accepted ?? false);
        var late = SessionSteps.AnswerProposal(step.Session, Tab, "p1", true, Start, Settings);
        Assert.Equal(isThere ? null : ErrorCodes.Stale, late.Refusal?.Code);
    }
}
