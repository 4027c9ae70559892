namespace CoPilot.EndToEnd.Wire;

/// <summary>Nodes of all classes whose stories break nothing: starting them takes longer than telling the stories.</summary>
public static class UnharmedNodes
{
    /// <summary>On the embedded engine.</summary>
    [CollectionDefinition]
    public sealed class One : ICollectionFixture<OneNode>;

    /// <summary>On Redis.</summary>
    [CollectionDefinition]
    public sealed class Two : ICollectionFixture<TwoNodes>;
}
