using System.Text;
using System.Text.RegularExpressions;
using CoPilot.ChatServer.Hosting;
using Microsoft.Net.Http.Headers;

namespace CoPilot.ChatServer.CoPilot;

/// <summary>All that the viewer's origin answers: its page at <c>/</c>, in which the console's origins are written, and the script that the page names.</summary>
/// <param name="compressed">The script's other forms.</param>
internal sealed partial class ViewerFiles(string page, string scriptPath, byte[] script, IReadOnlyDictionary<ContentCoding, byte[]> compressed)
{
    private const string Placeholder = "{{Console}}";

    /// <exception cref="StartupException">The build did not put them there.</exception>
    public static ViewerFiles Read(string folder)
    {
        // Scripts of earlier builds may lie beside it.
        var index = Path.Combine(folder, "index.html");
        var page = File.Exists(index) ? File.ReadAllText(index) : "";
        var name = ScriptName().Match(page).Groups[1].Value;
        var script = Path.Combine(folder, name);
        return name.Length > 0 && File.Exists(script)
            ? new ViewerFiles(page, "/" + name, File.ReadAllBytes(script), CompressedFormsOf(script))
            : throw new StartupException($"The folder {folder} does not hold the viewer. Build or publish the whole project: dotnet build src/ChatServer");
    }

    /// <param name="consoles">The origins that the page listens to.</param>
    public Task AnswerAsync(HttpContext context, IReadOnlyList<string> consoles)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        if (request.Path == "/")
        {
            response.Headers.CacheControl = "no-cache";
            var told = page.Replace(Placeholder, string.Join(' ', consoles), StringComparison.Ordinal);
            return SendAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(told));
        }

        if (request.Path == scriptPath)
        {
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            response.Headers.Vary = HeaderNames.AcceptEncoding;
            var coding = ContentCoding.Choose(request.Headers.AcceptEncoding, compressed.ContainsKey);
            response.Headers.ContentEncoding = coding?.Name;
            return SendAsync(context, "text/javascript; charset=utf-8", coding is null ? script : compressed[coding]);
        }

        response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Dictionary<ContentCoding, byte[]> CompressedFormsOf(string script) =>
        ContentCoding.All.Where(coding => File.Exists(script + coding.Extension)).ToDictionary(coding => coding, coding => File.ReadAllBytes(script + coding.Extension));

    private static Task SendAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    [GeneratedRegex(@"src=""/(viewer-\w+\.js)""")]
    private static partial Regex ScriptName();
}
