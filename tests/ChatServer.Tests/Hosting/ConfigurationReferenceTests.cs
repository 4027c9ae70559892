using CoPilot.Generate;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class ConfigurationReferenceTests
{
    [Fact]
    public void Reference_InTheRepository_IsWhatTheCodeSays() =>
        Assert.True(
            File.ReadAllText(Checkout.File(ConfigurationReference.Path)) == ConfigurationReference.Generate(),
            $"{ConfigurationReference.Path} is out of date. Run: dotnet run --project build/Generate");
}
