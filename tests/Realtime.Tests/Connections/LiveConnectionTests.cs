using CoPilot.Realtime.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoPilot.Realtime.Tests.Connections;

public sealed class LiveConnectionTests
{
    /// <summary>The other way round SignalR's transport, told that its session is over, may say goodbye before it is cut.</summary>
    [Fact]
    public void Abort_CutsTheTransportBeforeTheSession()
    {
        var cut = new Ends();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestLifetimeFeature>(cut);
        var transport = new DefaultConnectionContext("one");
        transport.Features.Set<IConnectionLifetimeFeature>(cut);
        transport.Features.Set<IHttpContextFeature>(new Http { HttpContext = http });
        var connection = new LiveConnection(
            new HubConnectionContext(transport, new HubConnectionContextOptions(), NullLoggerFactory.Instance), limit: 1);

        Assert.True(connection.Abort());
        Assert.False(connection.Abort());

        Assert.Equal(["transport", "session"], cut.Order);
    }

    private sealed class Http : IHttpContextFeature
    {
        public HttpContext? HttpContext { get; set; }
    }

    private sealed class Ends : IHttpRequestLifetimeFeature, IConnectionLifetimeFeature
    {
        public List<string> Order { get; } = [];

        CancellationToken IHttpRequestLifetimeFeature.RequestAborted { get; set; }

        CancellationToken IConnectionLifetimeFeature.ConnectionClosed { get; set; }

        void IHttpRequestLifetimeFeature.Abort() => Order.Add("transport");

        void IConnectionLifetimeFeature.Abort() => Order.Add("session");
    }
}
