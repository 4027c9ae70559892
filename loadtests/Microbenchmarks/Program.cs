using BenchmarkDotNet.Running;
using CoPilot.Microbenchmarks;

if (args is ["replay", var file])
{
    FrameReplay.Run(file);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(HubProtocolBenchmarks).Assembly).Run(args);
}
