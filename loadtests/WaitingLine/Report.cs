using System.Globalization;
using CoPilot.Measuring;

namespace CoPilot.WaitingLine;

/// <summary>The run as tables.</summary>
internal static class Report
{
    private static readonly double[] Shares = [0.5, 0.95, 0.99];

    public static string Write(Run run, RunOptions options, Fates fates)
    {
        var engine = options.Nodes == 1 ? "One server, embedded engine" : $"{options.Nodes} nodes, one Redis (appendfsync always)";
        return $"## {engine}\n\n{WriteService(run)}\n{WriteFilling(run, options)}\n{WriteWaiting(run, options)}\n{WriteFates(fates)}";
    }

    private static string WriteService(Run run)
    {
        var table = new MarkdownTable("", "short line", "long line", "long : short");
        Percentiles("StartChat, ms", stage => stage.StartChat);
        Percentiles("AcceptOffer, ms", stage => stage.Accept);
        Percentiles("Send, ms", stage => stage.Send);
        Percentiles("EndChat, ms", stage => stage.End);
        Percentiles("agent free to their next offer, ms", stage => stage.Offer);
        Percentiles("StartChat to the answer, ms", stage => stage.Answer);
        Row("chats served a second", stage => stage.Chats / stage.Time.TotalSeconds);
        Row("arrivals a second", stage => stage.Arrivals / stage.Time.TotalSeconds);
        Row("people told their place, a second", stage => stage.Positions / stage.Time.TotalSeconds);
        Row("servers' CPU, % of one core", stage => 100 * stage.Use.Nodes.Cpu / stage.Time);
        Row("servers' CPU a chat served, ms", stage => stage.Use.Nodes.Cpu.TotalMilliseconds / stage.Chats);
        Row("Redis' CPU a chat served, ms", stage => stage.Use.RedisCpu.TotalMilliseconds / stage.Chats);
        return table.ToString();

        void Percentiles(string what, Func<Stage, Samples> choose)
        {
            var (one, other) = (choose(run.Short), choose(run.Long));
            table.Add($"{what}: p50 / p95 / p99", Three(one), Three(other), MarkdownTable.Ratio(other.Percentile(0.5), one.Percentile(0.5)));
        }

        void Row(string what, Func<Stage, double> choose) =>
            table.Add(what, MarkdownTable.Number(choose(run.Short)), MarkdownTable.Number(choose(run.Long)), MarkdownTable.Ratio(choose(run.Long), choose(run.Short)));
    }

    private static string WriteFilling(Run run, RunOptions options)
    {
        var table = new MarkdownTable(
            "in line", "arrivals a second", "servers' CPU an arrival, ms", "Redis' CPU an arrival, ms", "StartChat, ms: p50 / p95 / p99", "told their place, a second", "servers' memory, MB");
        var each = options.Waiting / run.Filling.Count;
        for (var i = 0; i < run.Filling.Count; i++)
        {
            var stage = run.Filling[i];
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"{i * each:N0} to {(i + 1) * each:N0}"),
                MarkdownTable.Number(stage.Arrivals / stage.Time.TotalSeconds),
                MarkdownTable.Number(stage.Use.Nodes.Cpu.TotalMilliseconds / stage.Arrivals),
                MarkdownTable.Number(stage.Use.RedisCpu.TotalMilliseconds / stage.Arrivals),
                Three(stage.StartChat),
                MarkdownTable.Number(stage.Positions / stage.Time.TotalSeconds),
                MarkdownTable.Number(Megabytes(stage.UseAfter)));
        }

        return table.ToString();
    }

    private static string WriteWaiting(Run run, RunOptions options)
    {
        var table = new MarkdownTable("nothing happens", "");
        var growth = run.Quiet.UseAfter.Nodes.ResidentBytes - run.Short.UseAfter.Nodes.ResidentBytes;
        table.Add("servers' CPU, % of one core", MarkdownTable.Number(100 * run.Quiet.Use.Nodes.Cpu / run.Quiet.Time));
        table.Add("servers' CPU for each who waits, µs a second", MarkdownTable.Number(run.Quiet.Use.Nodes.Cpu.TotalMicroseconds / run.Quiet.Time.TotalSeconds / options.Waiting));
        table.Add("Redis' CPU for each who waits, µs a second", MarkdownTable.Number(run.Quiet.Use.RedisCpu.TotalMicroseconds / run.Quiet.Time.TotalSeconds / options.Waiting));
        table.Add("servers' memory for each who waits, KB", MarkdownTable.Number(growth / 1e3 / options.Waiting));
        return table.ToString();
    }

    private static string WriteFates(Fates fates)
    {
        var verdict = fates.AreGood ? "Nobody was lost, and nobody served twice" : "**This is wrong**";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict}: {fates.Came:N0} came, {fates.Taken:N0} were served, {fates.TakenTwice} of them twice, {fates.InLine:N0} were still in line, {fates.Misplaced} of them not at a place of their own; {fates.Untold} were not told where they stand, {fates.Stale} offers were over when the agent took them, {fates.Failures.Count} calls failed.\n");
        return text + string.Concat(fates.Failures.GroupBy(failure => failure.Message).Take(5).Select(same => $"- {same.Count()} times: {same.Key}\n"));
    }

    private static double Megabytes(ServerUse use) => use.Nodes.ResidentBytes / 1e6;

    private static string Three(Samples samples) => string.Join(" / ", Shares.Select(share => MarkdownTable.Number(samples.Percentile(share))));
}
