using System.Diagnostics;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Runs;

/// <summary>The commit of the checkout that the program was built from, as far as Git can tell.</summary>
internal static class SourceCommit
{
    public static async Task<string> ReadAsync()
    {
        var commit = await AskAsync("rev-parse", "--short=10", "HEAD");
        return commit is null ? "unknown" : await AskAsync("status", "--porcelain", "--untracked-files=no") is "" ? commit : commit + " with changes";
    }

    /// <summary>Null when there is no Git, or no repository.</summary>
    private static async Task<string?> AskAsync(params string[] words)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Checkout.Root, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = git.StandardError.ReadToEndAsync();
            var output = await git.StandardOutput.ReadToEndAsync();
            await errors;
            await git.WaitForExitAsync();
            return git.ExitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
