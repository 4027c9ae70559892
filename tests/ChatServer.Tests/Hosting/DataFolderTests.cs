using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _parent = new();

    private string Path => _parent.File("data");

    [Fact]
    public void Open_NewFolder_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        using var folder = DataFolder.OpenExclusively(Path);
        SigningKeys.Load(new AuthOptions(), folder);

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(System.IO.Path.Combine(Path, "signing.key")));
    }

    [Fact]
    public void Open_ByASecondNode_SaysWhatIsWrong()
    {
        using var first = DataFolder.OpenExclusively(Path);

        var refusal = Assert.Throws<StartupException>(() => DataFolder.OpenExclusively(Path));

        Assert.Contains("Another CoPilot node", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterTheFirstNodeIsGone_Works()
    {
        DataFolder.OpenExclusively(Path).Dispose();

        DataFolder.OpenExclusively(Path).Dispose();
    }

    [Fact]
    public void Open_SharedBesideANode_Works()
    {
        using var node = DataFolder.OpenExclusively(Path);

        using var command = DataFolder.OpenShared(Path);

        Assert.Equal(node.DatabaseFile, command.DatabaseFile);
    }

    [Fact]
    public void Open_WhereAFileIs_SaysWhatIsWrong()
    {
        File.WriteAllText(Path, "");

        Assert.Contains(Path, Assert.Throws<StartupException>(() => DataFolder.OpenExclusively(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SigningKey_SecondStart_IsTheSame()
    {
        using var folder = DataFolder.OpenExclusively(Path);

        Assert.Equal(SigningKeys.Load(new AuthOptions(), folder).Tokens, SigningKeys.Load(new AuthOptions(), folder).Tokens);
    }

    [Fact]
    public void SigningKey_Damaged_StopsTheStart()
    {
        using var folder = DataFolder.OpenExclusively(Path);
        File.WriteAllText(System.IO.Path.Combine(Path, "signing.key"), "AAAA");

        Assert.Contains("signing.key", Assert.Throws<StartupException>(() => SigningKeys.Load(new AuthOptions(), folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SigningKey_Configured_MakesNoFile()
    {
        using var folder = DataFolder.OpenExclusively(Path);
        SigningKeys.Load(new AuthOptions { SigningKey = Convert.ToBase64String(new byte[32]) }, folder);

        Assert.False(File.Exists(System.IO.Path.Combine(Path, "signing.key")));
    }

    public void Dispose() => _parent.Dispose();
}
