namespace CoPilot.TestKit;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where Linux keeps files in memory.</summary>
    private const string SharedMemory = "/dev/shm";

    public TemporaryFolder()
        : this(Directory.CreateTempSubdirectory("copilot-test-").FullName)
    {
    }

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>For small files that need not outlive the machine: in memory where the system has such a place, because a disk is waited for at each commit.</summary>
    public static TemporaryFolder InMemory()
    {
        if (!Directory.Exists(SharedMemory))
        {
            return new TemporaryFolder();
        }

        var path = System.IO.Path.Combine(SharedMemory, $"copilot-test-{Guid.CreateVersion7():N}");
        return new TemporaryFolder(Directory.CreateDirectory(path).FullName);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
