namespace CoPilot.Realtime.MessagePack;

/// <summary>
/// Well-formed bytes that are not what the receiver asked for, such as a string for a number. In a call's arguments it fails that call;
/// bytes that are not MessagePack at all are an <see cref="InvalidDataException"/> and end the connection.
/// </summary>
internal sealed class UnexpectedValueException(string message) : Exception(message);
