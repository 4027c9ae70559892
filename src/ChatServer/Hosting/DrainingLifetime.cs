using System.Runtime.InteropServices;

namespace CoPilot.ChatServer.Hosting;

/// <summary>
/// Stops the host on SIGTERM and Ctrl+C, after draining; a second signal stops it at once. In place of the framework's lifetime, which tells
/// the hubs to close in the moment of the signal, before anybody could be told.
/// </summary>
internal sealed class DrainingLifetime(DrainService drain, IHostApplicationLifetime application, ILogger<DrainingLifetime> logger)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CancellationTokenSource _hurry = new();
    private int _signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _hurry.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            _ = DrainAndStopAsync();
        }
        else
        {
            _hurry.Cancel();
        }
    }

    private async Task DrainAndStopAsync()
    {
        try
        {
            await drain.DrainAsync(_hurry.Token);
        }
        catch (OperationCanceledException)
        {
            // The second signal.
        }
#pragma warning disable CA1031 // Whatever goes wrong while saying goodbye, the operator asked for a stop.
        catch (Exception error)
#pragma warning restore CA1031
        {
            HostingLog.DrainFailed(logger, error);
        }

        application.StopApplication();
    }
}
