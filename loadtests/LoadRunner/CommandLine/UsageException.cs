namespace CoPilot.LoadRunner.CommandLine;

/// <summary>Something was asked for that is not possible; its message is for the person who asked, and the program ends with code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
