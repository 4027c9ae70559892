using System.Text;
using CoPilot.CoBrowse.Codes;

namespace CoPilot.CoBrowse.Tests.Codes;

public sealed class SessionSecretsTests
{
    private readonly SessionSecrets _secrets = new(() => Encoding.ASCII.GetBytes("a key of thirty-two bytes, or so"));

    [Fact]
    public void CodeOf_TheSameSession_IsTheSameAndAnotherAttemptAnother()
    {
        Assert.Equal(_secrets.CodeOf("s1", 0).ToString(), _secrets.CodeOf("s1", 0).ToString());
        Assert.NotEqual(_secrets.CodeOf("s1", 0).ToString(), _secrets.CodeOf("s1", 1).ToString());
        Assert.NotEqual(_secrets.CodeOf("s1", 0).ToString(), _secrets.CodeOf("s2", 0).ToString());
        Assert.NotEqual(_secrets.CodeOf("s1", 0).ToString(), new SessionSecrets(() => new byte[32]).CodeOf("s1", 0).ToString());
    }

    [Fact]
    public void Hashes_OfOtherPurposesSitesOrSessions_AreOthers()
    {
        Assert.Distinct(
        [
            _secrets.HashFinder("demo", "ABC"),
            _secrets.HashFinder("other", "ABC"),
            _secrets.HashProof("demo", "s1", "ABC"),
            _secrets.HashProof("demo", "s2", "ABC"),
            _secrets.HashToken("demo", "s1", "ABC"),
            _secrets.HashToken("demos", "1", "ABC"),
            _secrets.HashAddress("ABC"),
        ]);
    }

    [Fact]
    public void AreEqual_WithNothing_IsFalse()
    {
        Assert.True(SessionSecrets.AreEqual("a", "a"));
        Assert.False(SessionSecrets.AreEqual("a", "b"));
        Assert.False(SessionSecrets.AreEqual(null, null));
        Assert.False(SessionSecrets.AreEqual(null, "a"));
        Assert.False(SessionSecrets.AreEqual("a", "ab"));
    }
}
