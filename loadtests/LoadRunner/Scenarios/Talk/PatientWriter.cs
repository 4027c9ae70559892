using System.Threading.Channels;
using CoPilot.Contracts.Chat;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Scenarios.Reconnecting;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>Says what one side of a conversation has to say: one message after the other, as the product's own page, each again with the same id until it is acknowledged.</summary>
internal sealed class PatientWriter : IAsyncDisposable
{
    private readonly LoadHub _hub;
    private readonly Counter _sentAgain;
    private readonly BackOff _backOff = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<(SendRequest Request, IAnswerReceiver Answer)> _toWrite =
        Channel.CreateUnbounded<(SendRequest Request, IAnswerReceiver Answer)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _writing;

    public PatientWriter(LoadHub hub, Counter sentAgain)
    {
        (_hub, _sentAgain) = (hub, sentAgain);
        _writing = WriteAllAsync();
    }

    /// <param name="answer">Told once: that it is acknowledged, or why it never was.</param>
    public void Write(SendRequest request, IAnswerReceiver answer) => _toWrite.Writer.TryWrite((request, answer));

    /// <summary>Gives up what is not acknowledged by now.</summary>
    public async ValueTask DisposeAsync()
    {
        _toWrite.Writer.TryComplete();
        await _stop.CancelAsync();
        await _writing;
        _stop.Dispose();
    }

    private async Task WriteAllAsync()
    {
        await foreach (var (request, answer) in _toWrite.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (await FindFaultAsync(request, answer) is { } fault)
            {
                answer.Failed(fault);
            }
        }
    }

    /// <summary>Null once it is acknowledged. A connection that was lost is not opened again.</summary>
    private async Task<Exception?> FindFaultAsync(SendRequest request, IAnswerReceiver answer)
    {
        for (var failures = 0; !_stop.IsCancellationRequested; failures++)
        {
            var attempt = new Attempt(answer);
            await using var stopped = _stop.Token.UnsafeRegister(static state => ((Attempt)state!).Failed(new OperationCanceledException()), attempt);
            _hub.Post(nameof(IChatHub.Send), request, attempt);
            if (await attempt.Fault is not { } fault)
            {
                return null;
            }

            if (_hub.HasEnded || !Repeatable.IsOfServer(fault))
            {
                return fault;
            }

            _sentAgain.Add();
            await Task.Delay(_backOff.After(failures), TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return new OperationCanceledException();
    }

    /// <summary>Passes an acknowledgement on where it was received, so that its time is right, and at most once.</summary>
    private sealed class Attempt(IAnswerReceiver answer) : IAnswerReceiver
    {
        private readonly TaskCompletionSource<Exception?> _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> Fault => _fault.Task;

        public void Answered(HubDialect dialect, ReadOnlySpan<byte> body)
        {
            if (_fault.TrySetResult(null))
            {
                answer.Answered(dialect, body);
            }
        }

        public void Failed(Exception error) => _fault.TrySetResult(error);
    }
}
