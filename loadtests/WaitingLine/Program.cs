using System.Globalization;
using CoPilot.Measuring;
using CoPilot.WaitingLine;

// dotnet run -c Release --project loadtests/WaitingLine [-- --nodes 2 ...]; RunOptions.cs has them all. Answers 1 when somebody was lost or served twice.
var options = RunOptions.Parse(args);
var limits = SystemLimits.Read();
if (limits.FindFault(options) is { } fault)
{
    Console.Error.WriteLine(fault);
    return 2;
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{Machine.Describe()} {limits.OpenFiles:N0} open files, {limits.PortsPerServer:N0} ports for each server.\n{options}\n"));
await using var servers = await Servers.StartAsync(options);
await using var run = new Run(options, servers);
var machine = new Machine();
var (before, own) = (await servers.ReadUseAsync(), ProcessUse.Of(Environment.ProcessId));
var fates = await run.RunAsync();
var (use, generator) = (await servers.ReadUseAsync() - before, ProcessUse.Of(Environment.ProcessId) - own);
Console.WriteLine(Report.Write(run, options, fates));
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"CPU time in all: servers {use.Nodes.Cpu.TotalSeconds:N0} s, Redis {use.RedisCpu.TotalSeconds:N0} s, generator {generator.Cpu.TotalSeconds:N0} s."));
Console.WriteLine(machine.Tell(use.Nodes.Cpu + use.RedisCpu + generator.Cpu));
return fates.AreGood ? 0 : 1;
