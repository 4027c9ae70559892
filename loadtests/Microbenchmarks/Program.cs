using BenchmarkDotNet.Running;
using CoPilot.Microbenchmarks;

BenchmarkSwitcher.FromAssembly(typeof(HubProtocolBenchmarks).Assembly).Run(args);
