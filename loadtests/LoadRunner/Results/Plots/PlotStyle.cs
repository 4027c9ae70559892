namespace CoPilot.LoadRunner.Results.Plots;

/// <summary>How plots look, light and dark. Lines differ in dashes and marks as well, and bars have their names beside them: colour alone tells nothing.</summary>
internal static class PlotStyle
{
    /// <summary>So many differ; whatever comes after looks like the first again.</summary>
    public const int Kinds = 5;

    /// <summary>Repeated where a file by itself needs it; the page takes its colours from here too.</summary>
    public const string Css = """

        .plot{--ground:#fff;--ink:#1b1f24;--soft:#57606a;--grid:#d8dee4;--k0:#0a58ca;--k1:#b3470b;--k2:#137547;--k3:#8a2f9e;--k4:#5c6670}
        @media (prefers-color-scheme:dark){.plot{--ground:#14181d;--ink:#e6e9ed;--soft:#a2acb7;--grid:#343b44;--k0:#6cb0ff;--k1:#f39a5b;--k2:#5fd39b;--k3:#d79bf0;--k4:#a9b4c0}}
        .plot text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink);font-variant-numeric:tabular-nums}
        .plot .heading{font-size:15px;font-weight:600}
        .plot .tick,.plot .note{fill:var(--soft)}
        .plot .middle{text-anchor:middle}
        .plot .end{text-anchor:end}
        .plot .ground{fill:var(--ground)}
        .plot .band{fill:var(--grid);opacity:.45}
        .plot .grid{stroke:var(--grid);stroke-width:1}
        .plot .axis{stroke:var(--soft);stroke-width:1}
        .plot .spread{stroke:var(--ink);stroke-width:1.5;fill:none}
        .plot .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        .plot .k0{stroke:var(--k0)}.plot .k1{stroke:var(--k1);stroke-dasharray:8 5}.plot .k2{stroke:var(--k2);stroke-dasharray:2 5}
        .plot .k3{stroke:var(--k3);stroke-dasharray:10 4 2 4}.plot .k4{stroke:var(--k4);stroke-dasharray:14 6}
        .plot .mark{stroke:none}
        .plot .f0{fill:var(--k0)}.plot .f1{fill:var(--k1)}.plot .f2{fill:var(--k2)}.plot .f3{fill:var(--k3)}.plot .f4{fill:var(--k4)}

        """;
}
