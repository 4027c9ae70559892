namespace CoPilot.TestKit;

/// <summary>The checkout that the tests were built from.</summary>
public static class Checkout
{
    private static readonly HashSet<string> NotSource = ["bin", "obj", "node_modules", "dist", "artifacts", "data", ".git", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    public static string File(string path) => Path.Combine(Root, path);

    /// <summary>Source files with one of the extensions, as paths from the root with <c>/</c>, in a fixed order.</summary>
    public static IReadOnlyList<string> FilesEndingIn(params string[] extensions) =>
        [.. FilesBelow(new DirectoryInfo(Root))
            .Where(file => extensions.Any(extension => file.Name.EndsWith(extension, StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    private static IEnumerable<FileInfo> FilesBelow(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(child => !NotSource.Contains(child.Name)).SelectMany(FilesBelow));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "CoPilot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No CoPilot.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
