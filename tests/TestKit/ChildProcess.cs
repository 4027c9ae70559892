using System.Diagnostics;
using System.Globalization;

namespace CoPilot.TestKit;

/// <summary>A program that a test started. It does not outlive the test run.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _name;

    private ChildProcess(Process process, string name)
    {
        (_process, _name) = (process, name);
        AppDomain.CurrentDomain.ProcessExit += KillOrphan;
    }

    public bool HasEnded => _process.HasExited;

    public int Id => _process.Id;

    /// <param name="output">Called with each line of its output.</param>
    /// <param name="errors">Called with each line of its error stream.</param>
    public static ChildProcess Start(ProcessStartInfo start, Action<string> output, Action<string> errors)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Tell(output, line.Data);
        process.ErrorDataReceived += (_, line) => Tell(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process, start.FileName);
    }

    /// <summary>Asks until it is so.</summary>
    /// <param name="said">What the failure tells when the program has ended instead.</param>
    public Task ReadyAsync(Func<Task<bool>> isReady, Func<string> said, TimeSpan? limit = null)
    {
        return Eventually.TrueAsync(IsReadyAsync, limit, $"{_name} is ready");

        async Task<bool> IsReadyAsync()
        {
            if (await isReady())
            {
                return true;
            }

            return HasEnded ? throw new InvalidOperationException($"{_name} ended with code {_process.ExitCode}:\n{said()}") : false;
        }
    }

    /// <summary><c>kill -9</c>: it gets no chance to finish anything.</summary>
    public async Task KillHardAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().Within();
    }

    /// <summary>SIGTERM, as an operator or a service manager sends it; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal("-TERM");
        await _process.WaitForExitAsync().Within();
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still in the middle of whatever it does; its connections stay and nothing answers.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Thaw() => Signal("-CONT");

    /// <summary>Returns when the last lines of its output were told too.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillHardAsync();
        AppDomain.CurrentDomain.ProcessExit -= KillOrphan;
        _process.Dispose();
    }

    private static void Tell(Action<string> hear, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            hear(line);
        }
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void KillOrphan(object? sender, EventArgs end)
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended, as it should.
        }
    }
}
