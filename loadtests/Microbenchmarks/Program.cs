using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using CoPilot.Microbenchmarks;

if (args is ["replay", var file])
{
    FrameReplay.Run(file);
}
else
{
    // In this process: for one of its own BenchmarkDotNet looks for a project that is called as its assembly is, and would build the server anew.
    // Without emitted code, which does not await a set-up.
    BenchmarkSwitcher.FromAssembly(typeof(HubProtocolBenchmarks).Assembly)
        .Run(args, DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance)));
}
