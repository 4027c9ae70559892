using System.Diagnostics;
using System.Text.RegularExpressions;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>The shell blocks of <c>docs/callbacks-webhook.md</c>, run as they stand there.</summary>
public sealed partial class DocumentedExampleTests
{
    private static readonly string Document = File.ReadAllText(Checkout.File("docs/callbacks-webhook.md"));

    private static readonly IReadOnlyList<string> Blocks = [.. ShellBlock().Matches(Document).Select(match => match.Groups["text"].Value)];

    [Fact]
    public async Task Signature_OfTheExample_IsTheOneInItsHeaders()
    {
        var printed = (await RunAsync(Blocks[0])).Trim();

        Assert.Contains($"X-CoPilot-Signature: {printed}\n", Document, StringComparison.Ordinal);
        var (secret, timestamp, body) = (Variable("SECRET"), Variable("TIMESTAMP"), Variable("BODY"));
        Assert.True(WebhookSignature.Matches(printed, Convert.FromBase64String(secret), timestamp, System.Text.Encoding.UTF8.GetBytes(body)));
        Assert.Contains($"\n\n{body}\n", Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ToldByHand_IsTaken()
    {
        await using var server = await RunningServer.StartAsync(
            settings: CallStatusServer.Settings,
            clock: new ManualTimeProvider(TimeProvider.System.GetUtcNow()),
            addServices: services => services.AddCallStatuses<RecordingCallStatusHandler>());

        var answered = await RunAsync(
            Blocks[1], ("SERVER", server.Origin), ("SITE", RunningServer.Site), ("SECRET", TelephonyProvider.Secret), ("ATTEMPT", "at_9Qm2"));

        Assert.Equal("""{"result":"taken"}""", answered);
        var handler = (RecordingCallStatusHandler)server.Services.GetRequiredService<ICallStatusHandler>();
        Assert.Equal(new CallStatus(RunningServer.Site, "at_9Qm2", CallStatuses.Ringing, null), Assert.Single(handler.Statuses));
    }

    private static string Variable(string name) =>
        Regex.Match(Blocks[0], $"^{name}='?(?<value>[^'\n]+)'?$", RegexOptions.Multiline).Groups["value"].Value;

    private static async Task<string> RunAsync(string script, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-euc", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().Within();
        Assert.True(process.ExitCode == 0, await errors.Within());
        return await output.Within();
    }

    [GeneratedRegex("```sh\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
