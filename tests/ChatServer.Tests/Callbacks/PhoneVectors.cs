using System.Text.Json;
using CoPilot.ChatServer.Callbacks;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary><c>src/ChatServer/Vectors/phone.json</c>: what both halves answer; and <c>made-phone.json</c>: what the browser's half made of random writing.</summary>
internal sealed record PhoneVectors(IReadOnlyList<string> AlwaysBlocked, Dictionary<string, PhoneVectors.Rules> Policies, IReadOnlyList<PhoneVectors.Vector> Vectors)
{
    public static PhoneVectors File { get; } = Read<PhoneVectors>("phone.json");

    public static IReadOnlyList<MadeNumber> Made { get; } = Read<List<MadeNumber>>("made-phone.json");

    public static PhonePolicy PolicyOf(string name) => new(File.Policies[name].Prefixes, File.Policies[name].BlockedPrefixes);

    public static string VerdictOf(Outcome<PhoneNumber> outcome) => outcome switch
    {
        { IsAccepted: true } => "accepted",
        { Refusal: var refusal } when refusal == CallbackRefusals.OtherCountry => "not_allowed",
        { Refusal: var refusal } when refusal == CallbackRefusals.BlockedNumber => "blocked",
        _ => "malformed",
    };

    private static T Read<T>(string file) =>
        JsonSerializer.Deserialize<T>(System.IO.File.ReadAllText(Checkout.File($"src/ChatServer/Vectors/{file}")), JsonSerializerOptions.Web)!;

    internal sealed record Rules(IReadOnlyList<string> Prefixes, IReadOnlyList<string> BlockedPrefixes);

    internal sealed record Vector(string Name, string Policy, string Number, string Verdict);

    internal sealed record MadeNumber(string Policy, string Number);
}
