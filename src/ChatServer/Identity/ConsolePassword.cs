using System.Text;

namespace CoPilot.ChatServer.Identity;

/// <summary>Asks for a password on the terminal without showing it, or reads it from redirected input.</summary>
internal sealed class ConsolePassword(TextReader input, TextWriter output)
{
    private const int MinimumLength = 8;

    public static string? FaultOf(string password) =>
        password.Length < MinimumLength ? $"The password must have at least {MinimumLength} characters." : null;

    /// <summary>Null with a reason when it is too short or was not typed the same twice.</summary>
    public string? Read(out string? refusal)
    {
        var isTyped = input == Console.In && !Console.IsInputRedirected;
        var password = isTyped ? Ask("Password: ") : input.ReadLine() ?? "";
        refusal = FaultOf(password) is { } fault
            ? fault
            : isTyped && Ask("The same again: ") != password ? "These were two different passwords." : null;
        return refusal is null ? password : null;
    }

    private string Ask(string question)
    {
        output.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        output.WriteLine();
        return typed.ToString();
    }
}
