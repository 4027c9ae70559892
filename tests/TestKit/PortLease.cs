using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CoPilot.TestKit;

/// <summary>
/// A TCP port that no other test takes, in this process or another, until it is disposed. Unlike a port that the system chose
/// and that was given back, it survives a server's restart. The range lies below the one that systems take outgoing ports from.
/// </summary>
public sealed class PortLease : IDisposable
{
    private const int First = 20_000;
    private const int Count = 10_000;
    private readonly FileStream _lock;

    private PortLease(int number, FileStream lockFile)
    {
        Number = number;
        _lock = lockFile;
    }

    public int Number { get; }

    public static PortLease Take()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "copilot-test-ports")).FullName;
        var start = Random.Shared.Next(Count);
        for (var step = 0; step < Count; step++)
        {
            var number = First + ((start + step) % Count);
            if (TryLock(Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture))) is not { } lockFile)
            {
                continue;
            }

            if (IsFree(number))
            {
                return new PortLease(number, lockFile);
            }

            lockFile.Dispose();
        }

        throw new InvalidOperationException("No free port.");
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsFree(int number)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, number);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
