using CoPilot.TestKit;

namespace CoPilot.Contracts.Tests.Repository;

public sealed class FileSizeTests
{
    private const int MaximumLines = 400;

    /// <summary>Files that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["src/Contracts/client/src/wire.ts"] = "generated",
    };

    [Fact]
    public void Sources_All_AreOfAReadableLength()
    {
        var tooLong = Checkout.FilesEndingIn(".cs", ".ts", ".tsx", ".css", ".js", ".mjs")
            .Where(path => !Exceptions.ContainsKey(path))
            .Select(path => (path, Lines: File.ReadLines(Checkout.File(path)).Count()))
            .Where(file => file.Lines > MaximumLines);

        Assert.Empty(tooLong);
    }
}
