using System.Net;

namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>This end of an open connection, which <see cref="PipelineLink{TEnd}"/> opens anew when it has ended.</summary>
internal interface IPipelineEnd : IDisposable
{
    bool IsOpen { get; }

    EndPoint Address { get; }

    /// <summary>Returns with the answer or the connection's end, however long that takes: silence is for the caller to judge.</summary>
    Task PingAsync();
}
