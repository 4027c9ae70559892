namespace CoPilot.ChatServer.Hosting;

/// <summary>The folder of everything that lasts. Made for its owner only; a server has it alone until it is disposed or its process ends.</summary>
public sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnlyFile | UnixFileMode.UserExecute;
    private readonly FileStream? _lock;

    private DataFolder(string path, FileStream? exclusiveLock)
    {
        Path = path;
        _lock = exclusiveLock;
    }

    public string Path { get; }

    public string DatabaseFile => File("copilot.db");

    /// <summary>Co-Pilot's sessions and their audit.</summary>
    public string CoBrowseFile => File("cobrowse.db");

    /// <summary>For a server. The lock is the system's own on an open file, so it ends with the process however that dies.</summary>
    /// <exception cref="StartupException">Another node has the folder, or it cannot be used.</exception>
    public static DataFolder OpenExclusively(string path)
    {
        Create(path);
        try
        {
            return new DataFolder(path, Create(System.IO.Path.Combine(path, "node.lock"), FileMode.OpenOrCreate));
        }
        catch (IOException taken)
        {
            throw new StartupException(
                $"Another CoPilot node is running on the data folder {path}. Stop it, or give this one a folder of its own: --DataFolder=PATH", taken);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw Unusable(path, denied);
        }
    }

    /// <summary>For commands that work beside a running server: the database arbitrates between processes by itself.</summary>
    public static DataFolder OpenShared(string path)
    {
        Create(path);
        return new DataFolder(path, null);
    }

    /// <summary>Answers the file's content; when there is no such file yet, makes it with access for its owner only.</summary>
    public string ReadOrCreateSecret(string name, Func<string> make)
    {
        var path = File(name);
        if (!System.IO.File.Exists(path))
        {
            // Under another name first: a process that dies while writing must not leave half a secret.
            var unfinished = path + ".new";
            System.IO.File.Delete(unfinished);
            using (var stream = Create(unfinished, FileMode.CreateNew))
            using (var writer = new StreamWriter(stream))
            {
                writer.WriteLine(make());
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            System.IO.File.Move(unfinished, path);
        }

        return System.IO.File.ReadAllText(path).Trim();
    }

    public void Dispose() => _lock?.Dispose();

    private static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnerOnlyFolder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, error);
        }
    }

    private static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        return new FileStream(path, options);
    }

    private static StartupException Unusable(string path, Exception error) =>
        new($"The data folder {path} cannot be used: {error.Message}", error);

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
