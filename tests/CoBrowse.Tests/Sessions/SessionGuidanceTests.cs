using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Guidance;
using CoPilot.CoBrowse.Scope;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using static CoPilot.CoBrowse.Tests.Sessions.SampleSession;

namespace CoPilot.CoBrowse.Tests.Sessions;

public sealed class SessionGuidanceTests
{
    private static readonly GuidanceInput Highlight = new(nameof(ICoBrowseClient.Highlighted), new GuidanceEvent("s1", 7), "highlight");
    private static readonly GuidanceEvent Spot = new("s1", X: 1, Y: 2);

    private static readonly CoPilotSite Site = new(
        new ScopePolicy(new ScopeRules([new ScopeRule(Shop, "/"), new ScopeRule("https://help.example", "/faq")], ["/checkout"], ["/logout"])), [], null);

    [Fact]
    public void Guide_WhileAPageIsShown_IsToldToTheCustomersConnectionAndWrittenDown()
    {
        var step = Guide(Live);

        var told = Assert.IsType<CustomerNotice>(Assert.Single(step.Notices));
        Assert.Equal(("tab", nameof(ICoBrowseClient.Highlighted), Highlight.Event, false), (told.Lease.ConnectionId, told.Method, told.Event, told.LosesLease));
        Assert.Equal((AuditWords.Command, "highlight"), (Assert.Single(step.Audit).What, step.Audit[0].Data));
        Assert.Empty(SessionSteps.Guide(Live, "a1", Highlight with { Kind = null }, Start, Settings).Audit);
    }

    [Fact]
    public void Guide_MeantForThePageBefore_IsRefused()
    {
        var next = Live with { Resumes = 1 };

        var late = SessionSteps.Guide(next, "a1", Highlight with { Seq = next.FirstSeq - 1 }, Start, Settings);

        Assert.Equal(ErrorCodes.Conflict, late.Refusal?.Code);
        Assert.Empty(late.Notices);
        Assert.Null(SessionSteps.Guide(next, "a1", Highlight with { Seq = next.FirstSeq }, Start, Settings).Refusal);
    }

    [Fact]
    public void Everything_OfAnotherAgentOrWhenNothingIsShown_IsRefusedAndToldToNobody()
    {
        var refused = new (CoBrowseSession Session, string Agent, string Code)[]
        {
            (Live, "a2", ErrorCodes.NotFound),
            (Live with { Page = new WatchedPage(false) }, "a1", ErrorCodes.Conflict),
            (Live with { State = SessionStates.Paused }, "a1", ErrorCodes.Conflict),
            (Live with { State = SessionStates.AwaitingConsent }, "a1", ErrorCodes.Conflict),
            (SessionSteps.EndByAgent(Live, "a1", SessionEndReasons.EndedByAgent).Session, "a1", ErrorCodes.Closed),
        };
        foreach (var (session, agent, code) in refused)
        {
            foreach (var step in new[]
            {
                SessionSteps.Point(session, agent, Spot, Start, Settings),
                SessionSteps.Guide(session, agent, Highlight, Start, Settings),
                SessionSteps.Propose(session, agent, "/help", Site, Start, Settings),
            })
            {
                Assert.Equal(code, step.Refusal?.Code);
                Assert.Equal(session, step.Session);
                Assert.Empty(step.Audit);
                Assert.Empty(step.Notices);
            }
        }
    }

    [Fact]
    public void Point_TenTimesASecond_IsWrittenOnceAMinute()
    {
        var session = Live;
        var written = 0;
        for (var at = TimeSpan.Zero; at < TimeSpan.FromMinutes(2); at += TimeSpan.FromMilliseconds(100))
        {
            var step = SessionSteps.Point(session, "a1", Spot, Start + at, Settings);
            Assert.Single(step.Notices);
            written += step.Audit.Length;
            session = step.Session;
        }

        Assert.Equal(2, written);
    }

    [Fact]
    public void Audit_OfOneWhoNeverStops_IsBoundedAndDoesNotHideTheOtherSide()
    {
        var session = Live;
        var words = new List<string>();
        for (var i = 0; i < AuditBudget.Most + 600; i++)
        {
            // The last 600 within ten minutes.
            var step = Guide(session, Start + TimeSpan.FromSeconds(i));
            Assert.Single(step.Notices);
            words.AddRange(step.Audit.Select(note => note.What));
            session = step.Session;
        }

        Assert.Equal(AuditBudget.Most, words.Count(word => word == AuditWords.Command));
        Assert.Equal(10, words.Count(word => word == AuditWords.More));
        Assert.Equal(AuditBudget.Most + 10, words.Count);
        var page = SessionSteps.ChangePage(session, Tab, new CustomerPage(new WatchedPage(true, "/next"), Shop), Start, Settings);
        Assert.Equal(AuditWords.Page, Assert.Single(page.Audit).What);
    }

    [Theory]
    [InlineData("/help", "https://shop.example/help")]
    [InlineData("https://shop.example/help", "https://shop.example/help")]
    [InlineData("https://help.example/faq/1", "https://help.example/faq/1")]
    public void Propose_InScope_AsksTheCustomer(string url, string address)
    {
        var step = Propose(Live, url);

        var told = Assert.IsType<NavigationProposedEvent>(Assert.IsType<CustomerNotice>(Assert.Single(step.Notices)).Event);
        Assert.Equal(new NavigationProposedEvent("s1", "p1", address, AtOnce: false), told);
        Assert.Equal((AuditWords.Command, "propose " + new Uri(address).AbsolutePath), (Assert.Single(step.Audit).What, step.Audit[0].Data));
        Assert.Null(step.Session.Proposal!.Accepted);
    }

    [Theory]
    [InlineData("/checkout/pay")]
    [InlineData("/logout")]
    [InlineData("/help?delete=1")]
    [InlineData("/help#top")]
    [InlineData("//evil.example/help")]
    [InlineData("https://evil.example/help")]
    [InlineData("https://help.example/other")]
    [InlineData("https://shop.example@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a/../checkout")]
    [InlineData("help")]
    public void Propose_AnythingElse_IsForbidden(string url)
    {
        var step = Propose(Live, url);

        Assert.Equal(ErrorCodes.Forbidden, step.Refusal!.Code);
        Assert.Null(step.Session.Proposal);
        Assert.Empty(step.Notices);
        Assert.Empty(step.Audit);
    }

    [Fact]
    public void Propose_APathWhenNoOriginIsKnown_IsForbidden() =>
        Assert.Equal(ErrorCodes.Forbidden, Propose(Live with { PageOrigin = null }, "/help").Refusal!.Code);

    [Fact]
    public void Propose_TheSameAgain_IsTheSameProposalUntilItWasAnswered()
    {
        var first = Propose(Live, "/help").Session;
        var again = Propose(first, Shop + "/help");
        Assert.Equal(first, again.Session);
        Assert.Empty(again.Audit);
        Assert.Single(again.Notices);

        var answered = Answer(first, "p1", true).Session;
        Assert.Equal("p2", Propose(answered, "/help").Session.Proposal!.Id);
    }

    [Fact]
    public void Answer_OfTheLastProposal_IsToldOnce()
    {
        var proposed = Propose(Live, "/help").Session;

        var step = Answer(proposed, "p1", false);
        Assert.Equal(new NavigationAnsweredEvent("s1", "p1", false), Assert.IsType<AgentNotice>(Assert.Single(step.Notices)).Event);
        Assert.Equal([AuditWords.ProposalDeclined], step.Audit.Select(note => note.What));

        var again = Answer(step.Session, "p1", false);
        Assert.Null(again.Refusal);
        Assert.Empty(again.Notices);
        Assert.Empty(again.Audit);
        Assert.Equal(ErrorCodes.Stale, Answer(step.Session, "p1", true).Refusal!.Code);
        Assert.Equal(ErrorCodes.Stale, SessionSteps.AnswerProposal(proposed, Tab with { ConnectionId = "other" }, "p1", true, Start, Settings).Refusal!.Code);
    }

    [Fact]
    public void Answer_OfAProposalThatIsVoid_IsStale()
    {
        var proposed = Propose(Live, "/help").Session;
        var paused = SessionSteps.Pause(proposed, Tab, Start, Settings).Session;
        var on = SessionSteps.Continue(paused, Tab, Start, Settings).Session;

        foreach (var session in new[] { Live, paused, on, Propose(proposed, "/cart").Session })
        {
            Assert.Equal(ErrorCodes.Stale, Answer(session, "p1", true).Refusal!.Code);
        }

        Assert.Equal(ErrorCodes.Closed, Answer(SessionSteps.EndByAgent(proposed, "a1", SessionEndReasons.EndedByAgent).Session, "p1", true).Refusal!.Code);
        Assert.Equal("p2", Propose(on, "/help").Session.Proposal!.Id);
    }

    private static SessionStep Guide(CoBrowseSession session, DateTimeOffset? at = null) =>
        SessionSteps.Guide(session, "a1", Highlight, at ?? Start, Settings);

    private static SessionStep Propose(CoBrowseSession session, string url) => SessionSteps.Propose(session, "a1", url, Site, Start, Settings);

    private static SessionStep Answer(CoBrowseSession session, string proposalId, bool isAccepted) =>
        SessionSteps.AnswerProposal(session, Tab, proposalId, isAccepted, Start, Settings);
}
