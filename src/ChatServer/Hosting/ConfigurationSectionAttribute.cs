namespace CoPilot.ChatServer.Hosting;

/// <summary>Where an options class is read from; <c>docs/configuration.md</c> is written from the classes that carry it.</summary>
/// <param name="path">As in <c>Auth</c>; empty for settings without a section.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConfigurationSectionAttribute(string path) : Attribute
{
    public string Path { get; } = path;
}
