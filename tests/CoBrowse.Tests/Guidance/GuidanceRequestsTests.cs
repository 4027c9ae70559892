using CoPilot.CoBrowse.Guidance;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.CoBrowse.Tests.Guidance;

public sealed class GuidanceRequestsTests
{
    private const double Far = Limits.Coordinate;

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(null, 0.0, -Far, true)]
    [InlineData(1, 0.0, 1.0, true)]
    [InlineData(int.MaxValue, 0.5, 0.5, true)]
    [InlineData(null, Far + 1, 0.0, false)]
    [InlineData(null, 0.0, double.NaN, false)]
    [InlineData(null, double.PositiveInfinity, 0.0, false)]
    [InlineData(null, 1.0, null, false)]
    [InlineData(null, null, 1.0, false)]
    [InlineData(1, 1.01, 0.0, false)]
    [InlineData(1, double.NaN, 0.0, false)]
    [InlineData(1, null, null, false)]
    [InlineData(0, 0.5, 0.5, false)]
    [InlineData(-1, 0.5, 0.5, false)]
    public void Point_IsAPlaceOnThePageOrOnAnElement(int? node, double? x, double? y, bool isFine) =>
        Check(isFine, GuidanceRequests.CheckPoint(new GuidanceRequest("s", node, x, y)));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(5, null, true)]
    [InlineData(0, null, false)]
    [InlineData(5, 0.5, false)]
    public void Highlight_IsAnElementOrNone(int? node, double? x, bool isFine) =>
        Check(isFine, GuidanceRequests.CheckHighlight(new GuidanceRequest("s", node, x, x)));

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(5, null, true)]
    [InlineData(5, 1.0, true)]
    [InlineData(5, 2.0, false)]
    [InlineData(null, 2_000.0, true)]
    public void Scroll_NeedsAPlace(int? node, double? x, bool isFine) =>
        Check(isFine, GuidanceRequests.CheckScroll(new GuidanceRequest("s", node, x, x)));

    [Fact]
    public void Drawing_IsPairsOfNumbersWithinThePage()
    {
        Check(true, GuidanceRequests.CheckDrawing(new GuidanceRequest("s")));
        Check(true, Draw());
        Check(true, Draw(1, 2, 3, 4));
        Check(true, Draw(new double[Limits.DrawnPoints]));
        Check(false, Draw(new double[Limits.DrawnPoints + 2]));
        Check(false, Draw(1, 2, 3));
        Check(false, Draw(1, double.NaN));
        Check(false, Draw(1, Far + 1));
        Check(false, GuidanceRequests.CheckDrawing(new GuidanceRequest("s", 1, Points: [1, 2])));
        Check(false, GuidanceRequests.CheckPoint(new GuidanceRequest("s", Points: [1, 2])));
    }

    [Fact]
    public void Proposal_NeedsAnAddressOfAllowedLength()
    {
        Check(true, GuidanceRequests.CheckProposal(new ProposeNavigationRequest("s", "/help")));
        Check(false, GuidanceRequests.CheckProposal(new ProposeNavigationRequest("s", "")));
        Assert.Equal(
            ErrorCodes.TooLarge, GuidanceRequests.CheckProposal(new ProposeNavigationRequest("s", new string('/', Limits.UrlLength + 1)))?.Code);
    }

    private static Realtime.Outcomes.Refusal? Draw(params double[] points) => GuidanceRequests.CheckDrawing(new GuidanceRequest("s", Points: points));

    private static void Check(bool isFine, Realtime.Outcomes.Refusal? refusal) => Assert.Equal(isFine ? null : ErrorCodes.Invalid, refusal?.Code);
}
