namespace CoPilot.LoadRunner.Workers;

/// <summary>A run could not be brought to its end; its message is for the person who started it, and the program ends with code 1.</summary>
internal sealed class RunFailedException(string message, Exception? inner = null) : Exception(message, inner);
