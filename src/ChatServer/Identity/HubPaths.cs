namespace CoPilot.ChatServer.Identity;

/// <summary>Where the hubs are.</summary>
public static class HubPaths
{
    public const string Root = "/hubs";
    public const string Chat = Root + "/chat";
    public const string CoBrowse = Root + "/cobrowse";

    public static bool IsHub(PathString path) => path.StartsWithSegments(Root);

    /// <summary>The request that becomes a WebSocket: GET, or CONNECT over HTTP/2.</summary>
    public static bool IsHandshake(HttpRequest request) =>
        IsHub(request.Path) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsConnect(request.Method));
}
