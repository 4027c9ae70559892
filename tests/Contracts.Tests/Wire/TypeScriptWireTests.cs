using CoPilot.Generate;
using CoPilot.TestKit;

namespace CoPilot.Contracts.Tests.Wire;

public sealed class TypeScriptWireTests
{
    [Fact]
    public void WireTypes_Committed_AreWhatTheContractsSay() => Assert.True(
        File.ReadAllText(Checkout.File(TypeScriptWire.Path)) == TypeScriptWire.Generate(),
        $"{TypeScriptWire.Path} has drifted from src/Contracts: run `dotnet run --project build/Generate`.");
}
