using System.Globalization;
using System.IO.Compression;
using System.Text;
using BenchmarkDotNet.Attributes;
using CoPilot.CoBrowse.Frames;
using CoPilot.CoBrowse.Sanitizing;

namespace CoPilot.Microbenchmarks;

/// <summary>What the server's half of the sanitizer costs: a keyframe of a page of about 5,000 elements and 1,500 rules, and a usual increment.</summary>
[MemoryDiagnoser]
public class SanitizerBenchmarks : IDisposable
{
    private const int Cards = 715;
    private const int ElementsOfACard = 7;
    private const int Rules = 1_500;
    private const int PieceBytes = 16_384;
    private const int FirstId = 10;

    private readonly byte[] _keyframe = Encoding.UTF8.GetBytes(Keyframe());
    private readonly byte[] _increment = Encoding.UTF8.GetBytes(Increment());
    private readonly EventCheck _check = new(SanitizerRules.Default);
    private readonly FrameIntake _intake = new(SanitizerRules.Default);
    private byte[][] _pieces = [];
    private long _seq;

    [GlobalSetup]
    public void SetUp()
    {
        using var compressed = new MemoryStream();
        using var stream = new DeflateStream(compressed, CompressionLevel.Optimal, leaveOpen: true);
        stream.Write(_keyframe);
        stream.Flush();
        _pieces = [.. compressed.ToArray().Chunk(PieceBytes)];
        if ((CheckKeyframe() ?? CheckIncrement()) is { } reason)
        {
            throw new InvalidOperationException($"The page is refused: {reason}.");
        }

        Console.WriteLine($"// keyframe {_keyframe.Length:N0} B, {compressed.Length:N0} B compressed; increment {_increment.Length:N0} B");
    }

    [Benchmark(Description = "keyframe, put together, inflated and checked")]
    public object TakeKeyframe()
    {
        _seq++;
        FrameAnswer answer = default;
        for (var piece = 0; piece < _pieces.Length; piece++)
        {
            answer = _intake.Take(new FramePart(_seq, true, piece, _pieces.Length, _pieces[piece]));
        }

        return answer.Verdict == FrameVerdict.Complete ? answer : throw new InvalidOperationException(answer.Reason);
    }

    [Benchmark(Description = "keyframe, checked")]
    public string? CheckKeyframe() => _check.Check(_keyframe, keyframe: true);

    [Benchmark(Description = "increment, checked")]
    public string? CheckIncrement() => _check.Check(_increment, keyframe: false);

    public void Dispose()
    {
        _check.Dispose();
        _intake.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string Keyframe()
    {
        var page = new StringBuilder(1_000_000);
        page.Append("""[{"type":4,"data":{"href":"","width":1280,"height":800},"timestamp":1},{"type":2,"data":{"node":{"type":0,"id":1,"childNodes":[{"type":2,"id":2,"tagName":"html","attributes":{"lang":"nl"},"childNodes":[{"type":2,"id":3,"tagName":"head","attributes":{},"childNodes":[{"type":2,"id":4,"tagName":"style","attributes":{"_cssText":""")
            .Append('"');
        for (var rule = 0; rule < Rules; rule++)
        {
            page.Append(CultureInfo.InvariantCulture, $"{Name(rule)}>a:hover,{Name(rule + 1)}{{color:#1a2b3c;padding:{rule}px 2em;width:calc(100% - {rule}px);transition:opacity 0.2s ease;}}");
        }

        page.Append("""
            "},"childNodes":[]}]},{"type":2,"id":5,"tagName":"body","attributes":{},"childNodes":[
            """);
        for (var card = 0; card < Cards; card++)
        {
            page.Append(card > 0 ? "," : "");
            Card(page, FirstId + (card * (ElementsOfACard + 3)), card);
        }

        return page.Append("""]}]}]},"initialOffset":{"left":0,"top":0}},"timestamp":1}]""").ToString();
    }

    private static void Card(StringBuilder page, int id, int card)
    {
        page.Append(CultureInfo.InvariantCulture, $$"""
            {"type":2,"id":{{id}},"tagName":"article","attributes":{"class":"{{Name(card)[1..]}} {{Name(card + 7)[1..]}}","data-copilot-show":""},"childNodes":[{"type":2,"id":{{id + 1}},"tagName":"a","attributes":{"class":"{{Name(3)[1..]}}","href":""},"childNodes":[
            """);
        page.Append(CultureInfo.InvariantCulture, $$"""
            {"type":2,"id":{{id + 2}},"tagName":"x-img","attributes":{"data-copilot-box":"image","rr_height":"120px","rr_width":"160px"},"childNodes":[]}]},{"type":2,"id":{{id + 3}},"tagName":"h3","attributes":{"title":"Product {{card}}"},"childNodes":[{"type":3,"id":{{id + 4}},"textContent":"A product with a name of usual length"}]},
            """);
        page.Append(CultureInfo.InvariantCulture, $$"""
            {"type":2,"id":{{id + 5}},"tagName":"p","attributes":{"style":"margin:0px {{card}}px;color:red;"},"childNodes":[{"type":3,"id":{{id + 6}},"textContent":"Price 12,50 and {{card}} in stock"},{"type":2,"id":{{id + 7}},"tagName":"span","attributes":{},"childNodes":[]}]},{"type":2,"id":{{id + 8}},"tagName":"button","attributes":{"type":"button"},"childNodes":[{"type":3,"id":{{id + 9}},"textContent":" "}]}]}
            """);
    }

    private static string Increment() => $$$"""
        [{"type":3,"data":{"source":0,"removes":[],"adds":[],"texts":[{"id":{{{FirstId + 4}}},"value":"Another name"},{"id":{{{FirstId + 6}}},"value":"••••••"}],"attributes":[{"id":{{{FirstId}}},"attributes":{"class":"_abcdefgh _abcdefgi","style":"transform:translate(10px,4.5px);"}}]},"timestamp":2}]
        """;

    /// <summary>A class as its hash would look, with its dot.</summary>
    private static string Name(int number)
    {
        Span<char> hash = stackalloc char[10];
        hash.Fill('a');
        (hash[0], hash[1]) = ('.', '_');
        for (var i = 9; number > 0; i--, number /= 26)
        {
            hash[i] = (char)('a' + (number % 26));
        }

        return new string(hash);
    }
}
