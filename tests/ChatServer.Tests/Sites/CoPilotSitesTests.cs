using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.CoBrowse.Scope;
using CoPilot.Contracts.CoBrowse;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Sites;

public sealed class CoPilotSitesTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public async Task Find_DemoShop_ShowsItsPagesButTheCheckout()
    {
        await using var app = Build("--environment=Development");
        app.Services.GetRequiredService<OriginPolicy>().Add("demo", "http://localhost:5099");

        var scope = app.Services.GetRequiredService<ICoPilotSites>().Find("demo")!.Scope;

        Assert.Equal("/nl/help.html", scope.PathOf("http://localhost:5099/nl/help.html?order=1"));
        Assert.False(scope.IsInScope("http://localhost:5099/checkout.html"));
        Assert.False(scope.IsInScope("http://localhost:5099/nl/checkout.html"));
        Assert.False(scope.IsInScope("http://localhost:5081/"));
        Assert.False(scope.IsProposable("http://localhost:5099/logout.html"));
    }

    [Fact]
    public async Task Find_DemoShopOnANetwork_ShowsTheOtherOriginsOnly()
    {
        await using var app = Build("--environment=Development", "--Sites:demo:Origins:0=https://demo.example");
        app.Services.GetRequiredService<OriginPolicy>().Add("demo", "http://192.168.1.5:5081");

        var scope = app.Services.GetRequiredService<ICoPilotSites>().Find("demo")!.Scope;

        Assert.True(scope.IsInScope("https://demo.example/"));
        Assert.False(scope.IsInScope("http://192.168.1.5:5081/"));
    }

    [Fact]
    public async Task Find_PathAlone_CountsForAllOriginsOfTheSite()
    {
        await using var app = Build(
            "--Sites:s:Name=S", "--Sites:s:Origins:0=https://a.example", "--Sites:s:Origins:1=https://b.example",
            "--Sites:s:CoPilot:Scope:0=/help", "--Sites:s:CoPilot:Scope:1=https://c.example");
        app.Services.CheckConfiguration();

        var scope = app.Services.GetRequiredService<ICoPilotSites>().Find("s")!.Scope;

        Assert.True(scope.IsInScope("https://a.example/help"));
        Assert.True(scope.IsInScope("https://b.example/help/x"));
        Assert.False(scope.IsInScope("https://b.example/"));
        Assert.True(scope.IsInScope("https://c.example/anything"));
    }

    [Fact]
    public async Task Find_Pages_AreThoseConfiguredInTheirOrder()
    {
        await using var app = Build(
            "--Sites:s:Name=S", "--Sites:s:Origins:0=https://a.example", "--Sites:s:CoPilot:Scope:0=/", "--Sites:s:CoPilot:NavigateAtOnce=true",
            "--Sites:s:CoPilot:Pages:0:Title=Returns", "--Sites:s:CoPilot:Pages:0:Url=/returns",
            "--Sites:s:CoPilot:Pages:1:Title=Contact", "--Sites:s:CoPilot:Pages:1:Url=https://a.example/contact");
        app.Services.CheckConfiguration();

        var site = app.Services.GetRequiredService<ICoPilotSites>().Find("s")!;

        Assert.True(site.NavigateAtOnce);
        Assert.Equal([new SitePage("Returns", "/returns"), new SitePage("Contact", "https://a.example/contact")], site.Pages);
    }

    [Fact]
    public async Task Find_DemoShop_OffersPagesThatItHas()
    {
        await using var app = Build("--environment=Development");
        app.Services.CheckConfiguration();

        var site = app.Services.GetRequiredService<ICoPilotSites>().Find("demo")!;

        Assert.NotEmpty(site.Pages);
        Assert.False(site.NavigateAtOnce);
        Assert.All(site.Pages, page => Assert.True(File.Exists(Checkout.File("samples/DemoShop" + page.Url)), page.Url));
    }

    [Fact]
    public async Task Find_SiteWithoutCoPilot_ShowsNothing()
    {
        await using var app = Build("--Sites:s:Name=S", "--Sites:s:Origins:0=https://a.example");

        var sites = app.Services.GetRequiredService<ICoPilotSites>();

        Assert.Null(sites.Find("unknown"));
        Assert.Equal("S", sites.Find("s")!.Department);
        Assert.False(sites.Find("s")!.Scope.IsInScope("https://a.example/"));
    }

    public void Dispose() => _data.Dispose();

    private WebApplication Build(params string[] settings) => Program.Create([$"--DataFolder={_data.Path}", .. settings]);
}
