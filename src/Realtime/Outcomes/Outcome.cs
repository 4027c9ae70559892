using System.Diagnostics.CodeAnalysis;

namespace CoPilot.Realtime.Outcomes;

/// <summary>Why a call was refused: one of the wire's codes and a text for a person, with nothing internal in it.</summary>
public sealed record Refusal(string Code, string Text);

/// <summary>What an operation that may be refused in the normal course of things answers: a value or a <see cref="Refusal"/>.</summary>
public readonly struct Outcome<T>
    where T : notnull
{
    private readonly T? _value;

    private Outcome(T? value, Refusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Refusal is null;

    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
