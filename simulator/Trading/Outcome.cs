using System.Diagnostics.CodeAnalysis;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>What came of a request: a value, or the exchange's refusal.</summary>
internal readonly record struct Outcome<T>
    where T : class
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    /// <summary>Null when it was accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>True with the value, false with the refusal.</summary>
    public bool Accepted([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (Value, Refusal);
        return refusal is null;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}
