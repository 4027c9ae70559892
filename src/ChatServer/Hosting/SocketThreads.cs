namespace CoPilot.ChatServer.Hosting;

/// <summary>
/// Which threads handle what sockets receive. Usually one waits for all sockets and hands what arrives to a thread of the pool, which is two threads to wake for each frame and
/// each reply of Redis: more than half of what a chat message costs a node with little to do. On an engine that does not block, as many threads as there are processors
/// wait and handle what they receive themselves; what takes long (passwords, pages of Co-Pilot) leaves them.
/// </summary>
internal static class SocketThreads
{
    /// <summary>.NET has no other way to say so. It looks once, when the process uses its first socket.</summary>
    private const string Setting = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>An operator who has set it already, such as to 0, is right.</summary>
    public static void Choose(IEngine engine)
    {
        if (!engine.Blocks && Environment.GetEnvironmentVariable(Setting) is null)
        {
            Environment.SetEnvironmentVariable(Setting, "1");
        }
    }
}
