using CoPilot.LoadRunner.Results.Plots;

namespace CoPilot.LoadRunner.Results.Pages;

/// <summary>A report, whatever it is written as.</summary>
/// <param name="Verdict">In one sentence.</param>
internal sealed record Page(string Title, bool IsGood, string Verdict, IReadOnlyList<Block> Blocks);

internal abstract record Block;

internal sealed record Heading(string Text) : Block;

internal sealed record Paragraph(string Text) : Block;

/// <summary>Something that a reader must know before believing the figures.</summary>
internal sealed record Warning(string Text) : Block;

/// <summary>Texts from elsewhere, as they are.</summary>
internal sealed record Excerpt(IReadOnlyList<string> Lines) : Block;

/// <summary>The first columns are words, the others numbers.</summary>
internal sealed record Table(
    string Caption, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, int WordColumns = 1) : Block;

/// <summary>Only where pictures can be shown.</summary>
internal sealed record Picture(Plot Plot) : Block;
