namespace CoPilot.ChatServer.Hosting;

/// <summary>Files that the build puts beside the program: the browser's bundles and the demo shop.</summary>
internal sealed class Assets(string root)
{
    public static Assets BesideProgram { get; } = new(Path.Combine(AppContext.BaseDirectory, "assets"));

    /// <exception cref="StartupException">The build did not put it there.</exception>
    public string Folder(string name)
    {
        var path = Path.Combine(root, name);
        return Directory.Exists(path)
            ? path
            : throw new StartupException($"The folder {path} is missing. Build or publish the whole project: dotnet build src/ChatServer");
    }
}
