using CoPilot.TestKit;

namespace CoPilot.Contracts.Tests.Repository;

public sealed class SchemaNameTests
{
    /// <summary>Their order is that of their names, whoever writes the next one.</summary>
    [Fact]
    public void SchemaSteps_All_HaveDatedNames() =>
        Assert.All(
            Checkout.FilesEndingIn(".sql").Where(path => path.StartsWith("src/", StringComparison.Ordinal)),
            path => Assert.Matches(@"/Migrations/\d{4}-\d\d-\d\d_\d\d_[A-Z][A-Za-z]+\.sql$", path));
}
