using CoPilot.LoadRunner.Results.Plots;

namespace CoPilot.LoadRunner.Results.Pages;

internal static class HtmlStyle
{
    private const string PageCss = """

        :root{color-scheme:light dark;--ground:#fff;--ink:#1b1f24;--soft:#57606a;--grid:#d8dee4;--good:#137547;--bad:#b3261e;--mind:#8a5a00;--shade:#f3f5f7}
        @media (prefers-color-scheme:dark){:root{--ground:#14181d;--ink:#e6e9ed;--soft:#a2acb7;--grid:#343b44;--good:#5fd39b;--bad:#ff8f86;--mind:#f0c05a;--shade:#1d232a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:76rem;margin:0 auto;padding:1.5rem 1rem 4rem}
        h1{font-size:1.6rem;line-height:1.25;margin:0 0 .75rem}
        h2{font-size:1.2rem;margin:2.25rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--grid)}
        p{margin:.5rem 0;max-width:60rem;overflow-wrap:anywhere}
        .verdict,.warning{padding:.6rem .9rem;border-left:5px solid;background:var(--shade)}
        .good{border-color:var(--good)}.good strong{color:var(--good)}
        .bad{border-color:var(--bad)}.bad strong{color:var(--bad)}
        .warning{border-color:var(--mind)}.warning strong{color:var(--mind)}
        .wide{overflow-x:auto;margin:.75rem 0}
        .wide:focus-visible,pre:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.94rem}
        caption{text-align:left;color:var(--soft);padding:.25rem 0 .4rem;min-width:16rem}
        th,td{padding:.3rem .7rem;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap;vertical-align:top}
        thead th{border-bottom:2px solid var(--soft);font-weight:600;vertical-align:bottom;white-space:normal}
        tbody th{font-weight:400}
        tbody tr:nth-child(even){background:var(--shade)}
        .word{text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:6rem;max-width:44rem}
        th:first-child,td:first-child{padding-left:.4rem}
        .pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1rem 2rem;margin:.75rem 0}
        figure{margin:0;min-width:0;max-width:46rem}
        figcaption{font-weight:600}
        .plot{display:block;width:100%;min-width:30rem;height:auto}
        pre{overflow-x:auto;background:var(--shade);padding:.6rem .9rem;font-size:.85rem}
        @media print{.wide{overflow:visible}.plot{min-width:0}}

        """;

    /// <summary>Exactly what stands in the page, because its hash is what the page's policy allows.</summary>
    public static string Css { get; } = (PageCss + PlotStyle.Css).ReplaceLineEndings("\n");
}
