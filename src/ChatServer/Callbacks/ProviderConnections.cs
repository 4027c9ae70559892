namespace CoPilot.ChatServer.Callbacks;

/// <summary>Connections to telephony providers. They are not the framework's client factory's, which logs whole addresses.</summary>
internal static class ProviderConnections
{
    private const int AnswerHeaderKilobytes = 16;

    /// <summary>Only an answer's status counts. What a connection may take of a body to be used again for the next request; beyond it the connection is closed.</summary>
    private const int AnswerBytes = 16 * 1024;

    private static readonly TimeSpan AnswerReadWithin = TimeSpan.FromSeconds(1);

    /// <summary>So that a provider that moves to another address is followed.</summary>
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    public static HttpClient Open()
    {
        var client = new HttpClient(
            new SocketsHttpHandler
            {
                // Where a redirect leads, nobody has agreed that numbers may go.
                AllowAutoRedirect = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                PooledConnectionLifetime = ConnectionLife,
                MaxResponseHeadersLength = AnswerHeaderKilobytes,
                MaxResponseDrainSize = AnswerBytes,
                ResponseDrainTimeout = AnswerReadWithin,
            },
            disposeHandler: true)
        {
            // Each request has its own, by the server's clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("CoPilot");
        return client;
    }
}
