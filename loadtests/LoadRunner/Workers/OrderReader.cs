using System.Text.Json;
using System.Threading.Channels;

namespace CoPilot.LoadRunner.Workers;

/// <summary>Reads ahead, so that the end of the input is noticed also while an order is carried out: then the coordinator is gone.</summary>
internal sealed class OrderReader
{
    private readonly Channel<WorkerOrder> _orders = Channel.CreateUnbounded<WorkerOrder>();
    private readonly CancellationTokenSource _stop;

    /// <param name="stop">Cancelled at the end of the input.</param>
    public OrderReader(TextReader input, CancellationTokenSource stop)
    {
        _stop = stop;
        // A thread of its own: reading the standard input blocks whatever one asks of it.
        new Thread(() => Read(input)) { IsBackground = true, Name = "orders" }.Start();
    }

    public ValueTask<WorkerOrder> TakeAsync() => _orders.Reader.ReadAsync(_stop.Token);

    private void Read(TextReader input)
    {
        try
        {
            while (input.ReadLine() is { } line)
            {
                _orders.Writer.TryWrite(JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerOrder)!);
            }

            _stop.Cancel();
        }
        catch (JsonException error)
        {
            _orders.Writer.TryComplete(error);
        }
        catch (ObjectDisposedException)
        {
            // The worker has ended before its input.
        }
    }
}
