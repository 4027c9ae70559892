using CoPilot.ChatServer.Hosting;
using CoPilot.TestKit;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class DrainServiceTests : IDisposable
{
    private static readonly TimeSpan ReconnectWithin = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _clock = new();
    private readonly LogWatcher _log = new();
    private readonly Hub _hub = new();
    private readonly DrainService _drain;

    public DrainServiceTests() => _drain = new DrainService(
        [_hub], Options.Create(new DrainOptions { ReconnectWithin = ReconnectWithin }), _clock, _log.For<DrainService>());

    [Fact]
    public async Task Drain_NobodyConnected_IsDoneAtOnce()
    {
        await _drain.DrainAsync(CancellationToken.None).Within();

        Assert.True(_drain.IsDraining);
        Assert.Null(_hub.Announced);
    }

    [Fact]
    public async Task Drain_EverybodyLeaves_IsDoneBeforeTheTime()
    {
        _hub.OpenConnections = 2;
        var draining = _drain.DrainAsync(CancellationToken.None);
        Assert.Equal(ReconnectWithin, _hub.Announced);
        Assert.False(draining.IsCompleted);

        _hub.OpenConnections = 0;
        _clock.Advance(TimeSpan.FromSeconds(1));

        await draining.Within();
    }

    [Fact]
    public async Task Drain_SomebodyStays_IsDoneWhenTheTimeIsUp()
    {
        _hub.OpenConnections = 1;
        var draining = _drain.DrainAsync(CancellationToken.None);

        _clock.Advance(ReconnectWithin);

        await draining.Within();
    }

    public void Dispose() => _log.Dispose();

    private sealed class Hub : IDrainable
    {
        public int OpenConnections { get; set; }

        public TimeSpan? Announced { get; private set; }

        public Task AnnounceAsync(TimeSpan reconnectWithin, CancellationToken cancellationToken)
        {
            Announced = reconnectWithin;
            return Task.CompletedTask;
        }
    }
}
