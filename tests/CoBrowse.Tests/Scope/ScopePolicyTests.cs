using CoPilot.CoBrowse.Scope;
using CoPilot.Contracts.CoBrowse;
using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.CoBrowse.Tests.Scope;

public sealed class ScopePolicyTests
{
    private const string Origin = "https://www.shop.example";

    /// <summary>What attackers build addresses from.</summary>
    private static readonly string[] Pieces =
    [
        "/", "\\", ".", "..", ";", "%", "%2f", "%2e", "%5c", "%25", "%20", "?", "#", "#/", "@", ":", "//", "%63", "\t", "\n",
        "help", "checkout", "CHECKOUT", "x", "é", "%C3%A9", " ", "\0", "\u3002", "\uff0f",
    ];

    private static readonly ScopePolicy Policy = new(new ScopeRules([new ScopeRule(Origin, "/help")], ["/help/checkout"], ["/help/logout"]));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, ScopeVector.All.Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Answers_Vector_AreTheSharedOnes(int index)
    {
        var vector = ScopeVector.All[index];
        var policy = vector.Policy;

        Assert.Equal((vector.Url, vector.InScope, vector.Proposable), (vector.Url, policy.IsInScope(vector.Url), policy.IsProposable(vector.Url)));
        Assert.Equal(vector.InScope, policy.PathOf(vector.Url) is not null);
        if (vector.Path is { } path)
        {
            Assert.Equal(path, policy.PathOf(vector.Url));
        }
    }

    [Fact]
    public void IsInScope_NoAddress_IsOutOfScope() => Assert.False(Policy.IsInScope(null));

    [Fact]
    public void IsInScope_AnyTailOfAnAllowedPath_IsWhatThePlatformReadsUnderIt()
    {
        // More pieces than a few are hardly ever an address at all.
        var pieces = Gen.Choose(1, 3).SelectMany(count => Gen.Elements(Pieces).ListOf(count)).Select(string.Concat);
        var tails = Gen.OneOf(pieces, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));
        var inScope = 0;

        Prop.ForAll(tails.ToArbitrary(), tail =>
        {
            var url = $"{Origin}/help{tail}";
            if (!Policy.IsInScope(url))
            {
                return true;
            }

            inScope++;
            var read = new Uri(url);
            var path = Uri.UnescapeDataString(read.AbsolutePath);
            return read.GetLeftPart(UriPartial.Authority) == Origin
                && IsUnder(path, "/help")
                && !IsUnder(path, "/help/checkout");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

        Assert.InRange(inScope, 20, 3_000);
    }

    [Theory]
    [InlineData("http://www.shop.example")]
    [InlineData("https://www.shop.example/")]
    [InlineData("https://WWW.shop.example")]
    [InlineData("https://www.shop.example:443")]
    [InlineData("https://münchen.example")]
    [InlineData("https://www.shop.example.")]
    [InlineData("https://user@www.shop.example")]
    [InlineData("ftp://www.shop.example")]
    [InlineData("www.shop.example")]
    [InlineData("")]
    public void Rules_WithAnUnsafeOrigin_AreRefused(string origin) =>
        Assert.Throws<ArgumentException>(() => new ScopePolicy(new ScopeRules([new ScopeRule(origin, "/")], [], [])));

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("/..")]
    [InlineData("//")]
    [InlineData("/a?b")]
    [InlineData("/%2e")]
    public void Rules_WithAPathThatWouldKeepNothingOut_AreRefused(string path) =>
        Assert.Throws<ArgumentException>(() => new ScopePolicy(new ScopeRules([], [path], [])));

    [Fact]
    public void Faults_OfManyRules_AreAllNamed()
    {
        var faults = ScopeFaults.Of(new ScopeRules([new ScopeRule("http://a.example", "x")], ["y"], ["z"]));

        Assert.Equal(["Allowed", "Allowed", "Excluded", "Dangerous"], faults.Select(fault => fault.Part));
    }

    private static bool IsUnder(string path, string prefix) =>
        path.Equals(prefix, StringComparison.OrdinalIgnoreCase) || path.StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase);
}
