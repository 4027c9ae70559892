using CoPilot.ChatServer.Validation;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>Reads a request's fields one by one and keeps the first refusal, which is the answer to the whole request.</summary>
internal sealed class RequestFields
{
    public Refusal? Refusal { get; private set; }

    public void Refuse(string text) => Keep(RequestRules.Invalid(text));

    /// <summary>An id that the client made.</summary>
    public void Id(string? value, string field) => Keep(RequestRules.CheckId(value, field));

    /// <summary>An id that the server made.</summary>
    public void OpaqueId(string? value, string field) => Keep(RequestRules.CheckOpaqueId(value, field));

    /// <summary>The same for one that may be left out.</summary>
    public void OptionalOpaqueId(string? value, string field)
    {
        if (value is not null)
        {
            OpaqueId(value, field);
        }
    }

    public string Line(string? value, string field) => Take(RequestRules.CleanLine(value, field)) ?? "";

    public string? OptionalLine(string? value, string field, int length)
    {
        Keep(RequestRules.CleanOptionalLine(value, field, length, out var clean));
        return clean;
    }

    /// <summary>Blank words are no words.</summary>
    public string? OptionalText(string? value, string field) =>
        string.IsNullOrWhiteSpace(value) ? null : Take(RequestRules.CleanText(value, field));

    private string? Take(Outcome<string> outcome)
    {
        Keep(outcome.Refusal);
        return outcome.IsAccepted ? outcome.Value : null;
    }

    private void Keep(Refusal? refusal) => Refusal ??= refusal;
}
