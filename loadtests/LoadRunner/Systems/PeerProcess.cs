using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Systems;

/// <summary>A node of a peer: a program that says <c>ready PORT</c> on its output once it serves. It keeps nothing, so it is killed at the end.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private const string Ready = "ready ";
    private const int KeptLines = 50;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly ChildProcess _process;
    private volatile int _port;

    private PeerProcess(ProcessStartInfo start) => _process = ChildProcess.Start(start, Hear, Hear);

    /// <summary>Its root.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public int ProcessId => _process.Id;

    public bool HasEnded => _process.HasEnded;

    /// <param name="cores">As <c>taskset -c</c> takes them; null is all.</param>
    public static async Task<PeerProcess> StartAsync(string program, IEnumerable<string> arguments, string? cores, params (string Name, string Value)[] environment)
    {
        // taskset becomes the program, so the process id is the program's.
        var start = cores is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("taskset", ["-c", cores, program, .. arguments]);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new PeerProcess(start);
        try
        {
            await process._process.ReadyAsync(() => Task.FromResult(process._port > 0), () => string.Join('\n', process._said), StartLimit);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task KillHardAsync() => _process.KillHardAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private void Hear(string line)
    {
        if (line.StartsWith(Ready, StringComparison.Ordinal) && int.TryParse(line.AsSpan(Ready.Length), CultureInfo.InvariantCulture, out var port))
        {
            _port = port;
            return;
        }

        _said.Enqueue(line);
        if (_said.Count > KeptLines)
        {
            _said.TryDequeue(out _);
        }
    }
}
