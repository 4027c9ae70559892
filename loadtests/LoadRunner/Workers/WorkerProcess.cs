using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using CoPilot.LoadRunner.CommandLine;

namespace CoPilot.LoadRunner.Workers;

/// <summary>A worker as its coordinator sees it: a process of this same program. It ends when its input does, so it outlives no coordinator.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int KeptLines = 100;

    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly Action<SecondPassed> _passed;
    private readonly Channel<WorkerAnswer> _answers = Channel.CreateUnbounded<WorkerAnswer>();
    private readonly Queue<string> _errors = [];
    private readonly Task _reading;

    private WorkerProcess(Process process, string name, Action<SecondPassed> passed)
    {
        (_process, Name, _passed) = (process, name, passed);
        _reading = Task.WhenAll(ReadAnswersAsync(), ReadErrorsAsync());
    }

    public string Name { get; }

    public int ProcessId => _process.Id;

    /// <param name="passed">Called each second while the worker does something; on another thread.</param>
    public static WorkerProcess Start(string name, Action<SecondPassed> passed)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, "worker"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What arrives is heard on the thread that waits for sockets: a hop to the pool for each message would cost the machine more than the hearing does.
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "1";
        return new WorkerProcess(Process.Start(start)!, name, passed);
    }

    public async Task TellAsync(WorkerOrder order)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, WorkerJson.Default.WorkerOrder));
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended, which whoever waits for its answer is told with the reason.
        }
    }

    /// <exception cref="RunFailedException">It ended or could not go on, or did not answer in time.</exception>
    public async Task<T> TakeAsync<T>(TimeSpan within, CancellationToken cancellationToken)
        where T : WorkerAnswer
    {
        try
        {
            return await _answers.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(within, TimeProvider.System, cancellationToken) switch
            {
                T answer => answer,
                Broken broken => throw new RunFailedException($"{Name} cannot go on: {broken.Why}\n{Errors}"),
                var other => throw new RunFailedException($"{Name} said {other} instead of {typeof(T).Name}."),
            };
        }
        catch (TimeoutException)
        {
            throw new RunFailedException($"{Name} did not end what it does within {TimeText.Write(within)}.\n{Errors}");
        }
        catch (ChannelClosedException)
        {
            await _process.WaitForExitAsync(cancellationToken);
            throw new RunFailedException($"{Name} ended with code {_process.ExitCode} in the middle of the run.\n{Errors}");
        }
    }

    /// <summary>Kills it if it does not end by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, and with it the pipe.
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(EndsWithin);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    private string Errors
    {
        get
        {
            lock (_errors)
            {
                return string.Join('\n', _errors);
            }
        }
    }

    private async Task ReadAnswersAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                var answer = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerAnswer)!;
                if (answer is SecondPassed second)
                {
                    _passed(second);
                }
                else
                {
                    _answers.Writer.TryWrite(answer);
                }
            }
        }
        catch (JsonException error)
        {
            _answers.Writer.TryWrite(new Broken($"It wrote what is no answer: {error.Message}"));
        }

        _answers.Writer.TryComplete();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > KeptLines)
                {
                    _errors.Dequeue();
                }
            }
        }
    }
}
