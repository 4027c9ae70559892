using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using static CoPilot.CoBrowse.Tests.Sessions.SampleSession;

namespace CoPilot.CoBrowse.Tests.Sessions;

public sealed class SessionStepsTests
{
    private static readonly SessionHolder OtherTab = new("c1", "other", "node2");
    private static readonly CustomerPage Cart = new(new WatchedPage(true, "/cart", "Cart", new Viewport(390, 844)), Shop);
    private static readonly CustomerPage Hidden = new(new WatchedPage(false));

    [Fact]
    public void Redeem_RightProof_BindsTheSessionToTheCustomer()
    {
        var step = Redeem(Issued, Tab, Start);

        Assert.Null(step.Refusal);
        Assert.Equal((SessionStates.AwaitingConsent, "c1", "t1"), (step.Session.State, step.Session.CustomerId, step.Session.TokenHash));
        Assert.True(step.Session.IsVerified);
        Assert.Equal([AuditWords.Redeemed], Words(step));
    }

    [Fact]
    public void Redeem_ByAnotherThanTheContactsCustomer_IsNotVerified()
    {
        Assert.False(Redeem(Issued with { ContactCustomerId = "c2" }, Tab, Start).Session.IsVerified);
        Assert.True(Redeem(Issued with { ContactCustomerId = "c1" }, Tab, Start).Session.IsVerified);
    }

    [Fact]
    public void Redeem_AfterItWasUsed_WorksForTheSameCustomerOnlyUntilTheyAgreed()
    {
        Assert.Equal("t9", Redeem(Joined, Tab, Start, token: "t9").Session.TokenHash);
        Assert.Equal(ErrorCodes.NotFound, Redeem(Joined, Tab with { CustomerId = "c2" }, Start).Refusal!.Code);
        Assert.Equal(ErrorCodes.NotFound, Redeem(Live, Tab, Start).Refusal!.Code);
        Assert.Null(Live.ProofHash);
        Assert.Null(Live.Finder);
    }

    [Fact]
    public void Redeem_WrongProofOfAUsedCode_CountsForNothing()
    {
        var step = Redeem(Joined, Tab with { CustomerId = "c2" }, Start, proof: "wrong");

        Assert.Equal(Joined, step.Session);
        Assert.Empty(step.Audit);
    }

    [Fact]
    public void EndUnsafe_ByTheLeasesConnection_EndsWithTheSanitizersWordInTheAudit()
    {
        var step = SessionSteps.EndUnsafe(Live, Tab, "ratio", Start, Settings);

        Assert.Equal(SessionEndReasons.UnsafeContent, step.Session.EndReason);
        Assert.Equal([(AuditWords.Unsafe, "ratio"), (AuditWords.Ended, SessionEndReasons.UnsafeContent)], step.Audit.Select(note => (note.What, note.Data!)));
        Assert.Equal(ErrorCodes.Stale, SessionSteps.EndUnsafe(Live, OtherTab, "ratio", Start, Settings).Refusal!.Code);
    }

    [Fact]
    public void Consent_Declined_Ends()
    {
        var step = SessionSteps.Consent(Joined, Tab, false, Start, Settings);

        Assert.Equal(SessionEndReasons.Declined, step.Session.EndReason);
        Assert.Equal([AuditWords.Declined, AuditWords.Ended], Words(step));
        Assert.Equal(ErrorCodes.Closed, SessionSteps.Consent(step.Session, Tab, true, Start, Settings).Refusal!.Code);
    }

    [Fact]
    public void Consent_Repeated_ChangesNothing()
    {
        var again = SessionSteps.Consent(Live, Tab, true, Start, Settings);

        Assert.Equal(Live, again.Session);
        Assert.Empty(again.Audit);
        Assert.Equal(ErrorCodes.Stale, SessionSteps.Consent(Live, Tab, false, Start, Settings).Refusal!.Code);
    }

    [Fact]
    public void Consent_IsNoMoreThanForTheTimeAllowed()
    {
        Assert.Equal(Start + Settings.TotalEnd, Live.EndsAt);
        Assert.Equal(SessionEndReasons.ConsentTimeout, Advance(Heard(Joined, Settings.ConsentWithin), Settings.ConsentWithin).EndReason);
    }

    [Fact]
    public void EveryCallOfAnotherConnection_IsStale()
    {
        CoBrowseSession session = Live;
        foreach (var step in new[]
        {
            SessionSteps.Consent(Joined, OtherTab, true, Start, Settings),
            SessionSteps.KeepAlive(session, OtherTab, true, Start, Settings),
            SessionSteps.ChangePage(session, OtherTab, Cart, Start, Settings),
            SessionSteps.Pause(session, OtherTab, Start, Settings),
            SessionSteps.Continue(session, OtherTab, Start, Settings),
            SessionSteps.EndByCustomer(session, OtherTab, null, Start, Settings),
        })
        {
            Assert.Equal(ErrorCodes.Stale, step.Refusal!.Code);
            Assert.Empty(step.Audit);
            Assert.Empty(step.Notices);
        }
    }

    [Fact]
    public void ChangePage_BeforeConsentAndWhilePaused_TellsAndWritesNothing()
    {
        foreach (var session in new[] { Joined, SessionSteps.Pause(Live, Tab, Start, Settings).Session })
        {
            var step = SessionSteps.ChangePage(session, Tab, Cart, Start, Settings);
            Assert.Empty(step.Audit);
            Assert.Empty(step.Notices);
            Assert.Equal((Cart.Shown, Shop), (step.Session.Page, step.Session.PageOrigin));
        }
    }

    [Fact]
    public void ChangePage_Live_IsWrittenOnceForEachPath()
    {
        var cart = SessionSteps.ChangePage(Live, Tab, Cart, Start, Settings);
        var title = SessionSteps.ChangePage(cart.Session, Tab, Cart with { Shown = Cart.Shown with { PageTitle = "Your cart" } }, Start, Settings);
        var hidden = SessionSteps.ChangePage(title.Session, Tab, Hidden, Start, Settings);

        Assert.Equal("/cart", Assert.Single(cart.Audit).Data);
        Assert.Empty(title.Audit);
        Assert.Single(title.Notices);
        Assert.Equal((AuditWords.OutOfScope, null), (Assert.Single(hidden.Audit).What, hidden.Audit[0].Data));
    }

    [Fact]
    public void Resume_ByTheLastOrTheNextToken_RotatesAndDisplaces()
    {
        var second = Resume(Live, OtherTab, "t1", "t2");
        Assert.Equal(("t1", "t2"), (second.Session.TokenHash, second.Session.NextTokenHash));
        var told = Assert.Single(second.Notices.OfType<CustomerNotice>());
        Assert.Equal(("tab", true), (told.Lease.ConnectionId, told.LosesLease));
        Assert.Equal("other", second.Session.Lease!.ConnectionId);

        var again = Resume(second.Session, OtherTab, "t1", "t3");
        Assert.Equal(ErrorCodes.NotFound, Resume(again.Session, OtherTab, "t2", "t4").Refusal!.Code);
        var third = Resume(again.Session, OtherTab, "t3", "t4");
        Assert.Equal(("t3", "t4"), (third.Session.TokenHash, third.Session.NextTokenHash));
        Assert.Equal(ErrorCodes.NotFound, Resume(third.Session, OtherTab, "t1", "t5").Refusal!.Code);
        Assert.Empty(third.Notices.OfType<CustomerNotice>());
    }

    [Fact]
    public void Resume_WhilePaused_TellsTheAgentNoPage()
    {
        var paused = SessionSteps.Pause(Live, Tab, Start, Settings).Session;

        var step = SessionSteps.Resume(paused, new ResumeInput(OtherTab, "t1", "t2", Cart), Start);

        var joined = Assert.IsType<CustomerJoinedEvent>(Assert.Single(step.Notices.OfType<AgentNotice>()).Event);
        Assert.Null(joined.PageUrl);
    }

    [Fact]
    public void Advance_NothingHeard_TellsTheAgentAndThenEnds()
    {
        Assert.Equal(Live, Advance(Live, Settings.AwayAfter - TimeSpan.FromMilliseconds(1)));
        var away = Advance(Live, Settings.AwayAfter);
        Assert.True(away.IsAway);
        Assert.Equal(away, Advance(away, Settings.Lease - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(SessionEndReasons.CustomerGone, Advance(away, Settings.Lease).EndReason);

        var back = SessionSteps.KeepAlive(away, Tab, false, Start + Settings.AwayAfter, Settings);
        Assert.False(back.Session.IsAway);
        Assert.True(Assert.IsType<CustomerJoinedEvent>(Assert.Single(back.Notices).Event).Returned);
    }

    [Fact]
    public void Advance_ConnectionDropped_TellsTheAgentSooner()
    {
        var dropped = SessionSteps.Drop(Live, "tab", Start).Session;

        Assert.False(Advance(dropped, Settings.AwayAfterDrop - TimeSpan.FromMilliseconds(1)).IsAway);
        Assert.True(Advance(dropped, Settings.AwayAfterDrop).IsAway);
        Assert.Equal(Live, SessionSteps.Drop(Live, "another", Start).Session);
        Assert.Null(Resume(dropped, OtherTab, "t1", "t2").Session.Lease!.DroppedAt);
    }

    [Fact]
    public void Advance_HeardButNotActive_EndsAsIdle()
    {
        var session = Live;
        for (var at = TimeSpan.Zero; at < Settings.IdleEnd; at += Settings.KeepAliveEvery)
        {
            session = SessionSteps.KeepAlive(session, Tab, false, Start + at, Settings).Session;
            Assert.Equal(session, Advance(session, at));
        }

        Assert.Equal(SessionEndReasons.Idle, Advance(session, Settings.IdleEnd).EndReason);
    }

    [Fact]
    public void Advance_ActiveAllTheTime_EndsAtTheLimit()
    {
        var session = Live;
        for (var at = TimeSpan.Zero; at < Settings.TotalEnd; at += Settings.KeepAliveEvery)
        {
            session = Advance(SessionSteps.KeepAlive(session, Tab, true, Start + at, Settings).Session, at);
            Assert.Equal(SessionStates.Live, session.State);
        }

        Assert.Equal(SessionEndReasons.TimeLimit, Advance(session, Settings.TotalEnd).EndReason);
    }

    [Fact]
    public void Advance_AgentNotSeen_EndsWhateverTheCustomerDoes()
    {
        foreach (var session in new[] { Issued, Joined, Live, SessionSteps.Pause(Live, Tab, Start, Settings).Session })
        {
            var seen = SessionSteps.SeeAgent(session, "a1", Start, Settings).Session;
            var heard = seen.Lease is null ? seen : Heard(seen, Settings.AgentLease);
            Assert.Equal(heard.State, Advance(heard, Settings.AgentLease - TimeSpan.FromMilliseconds(1)).State);
            Assert.Equal(Start + Settings.AgentLease, SessionClock.NextDue(heard, Settings));
            Assert.Equal(SessionEndReasons.AgentSignedOut, Advance(heard, Settings.AgentLease).EndReason);

            var again = SessionSteps.SeeAgent(heard, "a1", Start + Settings.AgentSeenEvery, Settings).Session;
            Assert.Equal(heard.State, Advance(again, Settings.AgentLease).State);
        }
    }

    [Fact]
    public void SeeAgent_OfAnotherOrTooSoonOrAfterTheEnd_ChangesNothing()
    {
        var seen = SessionSteps.SeeAgent(Live, "a1", Start, Settings).Session;
        Assert.Equal(seen, SessionSteps.SeeAgent(seen, "a2", Start.AddHours(1), Settings).Session);
        Assert.Equal(seen, SessionSteps.SeeAgent(seen, "a1", Start + Settings.AgentSeenEvery - TimeSpan.FromMilliseconds(1), Settings).Session);
        var ended = SessionSteps.EndByAgent(seen, "a1", SessionEndReasons.EndedByAgent).Session;
        Assert.Equal(ended, SessionSteps.SeeAgent(ended, "a1", Start.AddHours(1), Settings).Session);
    }

    [Fact]
    public void Watch_SaysThatTheAgentIsThere() =>
        Assert.Equal(Start.AddSeconds(50), SessionSteps.Watch(Live, "a1", Start.AddSeconds(50), Settings).Session.AgentSeenAt);

    [Fact]
    public void End_OfAnySession_ForgetsWhatCouldOpenItAndWhatWasShown()
    {
        foreach (var session in new[] { Issued, Joined, Live })
        {
            var ended = SessionSteps.EndByAgent(session, "a1", SessionEndReasons.EndedByAgent).Session;
            Assert.Equal(
                (null, null, null, null, null), (ended.Finder, ended.ProofHash, ended.TokenHash, ended.NextTokenHash, (object?)ended.Page));
            Assert.Null(SessionClock.NextDue(ended, Settings));
            Assert.Empty(SessionSteps.EndByAgent(ended, "a1", SessionEndReasons.AgentSignedOut).Audit);
        }
    }

    [Fact]
    public void EndByAgent_Replaced_LeavesACodeThatSomebodyUsedMeanwhile() =>
        Assert.Equal(Live, SessionSteps.EndByAgent(Live, "a1", SessionEndReasons.Replaced).Session);

    private static SessionStep Resume(CoBrowseSession session, SessionHolder holder, string token, string next) =>
        SessionSteps.Resume(session, new ResumeInput(holder, token, next, Cart), Start);

    private static CoBrowseSession Advance(CoBrowseSession session, TimeSpan at) => SessionClock.Advance(session, Start + at, Settings).Session;

    private static CoBrowseSession Heard(CoBrowseSession session, TimeSpan at) => session with { Lease = session.Lease! with { HeardAt = Start + at } };

    private static IEnumerable<string> Words(SessionStep step) => step.Audit.Select(note => note.What);
}
