using System.Text;
using System.Text.Json;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Sanitizing.Css;
using CoPilot.TestKit;

namespace CoPilot.CoBrowse.Tests.Sanitizing;

/// <summary>
/// <c>src/CoBrowse/Vectors/made.json</c>: what the browser's half made of random pages and sheets (<c>COPILOT_WRITE_VECTORS=1 npx vitest run made-vectors</c>).
/// Whatever it makes the server accepts: else a shop's page, and no attack, ends the session.
/// </summary>
public sealed class MadeVectorTests
{
    private static readonly MadeFile File = JsonSerializer.Deserialize<MadeFile>(
        System.IO.File.ReadAllText(Checkout.File("src/CoBrowse/Vectors/made.json")), JsonSerializerOptions.Web)!;

    [Fact]
    public void Check_RecordingsOfRandomPages_AreAccepted()
    {
        Assert.True(File.Recordings.Count >= 100);
        Assert.All(File.Recordings, recording =>
        {
            using var check = new EventCheck(SanitizerRules.Default);
            Assert.Null(check.Check(Events(recording.Take(2)), keyframe: true));
            Assert.All(recording.Skip(2), increment => Assert.Null(check.Check(Events([increment]), keyframe: false)));
        });
    }

    [Fact]
    public void Check_RandomCss_IsAccepted()
    {
        using var check = new CssSanitizer(SanitizerRules.Default, NameMode.Checked);

        Assert.True(File.Sheets.Count >= 100 && File.Declarations.Count >= 100);
        Assert.All(File.Sheets, sheet => Assert.True(check.IsCanonicalSheet(sheet)));
        Assert.All(File.Declarations, declarations => Assert.True(check.IsCanonicalDeclarations(declarations)));
    }

    private static byte[] Events(IEnumerable<JsonElement> events) => Encoding.UTF8.GetBytes($"[{string.Join(',', events.Select(each => each.GetRawText()))}]");

    private sealed record MadeFile(List<List<JsonElement>> Recordings, List<string> Sheets, List<string> Declarations);
}
