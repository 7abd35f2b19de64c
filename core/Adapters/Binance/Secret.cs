using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace FuturesBot.Adapters.Binance;

/// <summary>
/// A text that must not be seen: a key, a token, a listen key. Nothing prints it by accident; whoever needs it on the
/// wire asks for it by <see cref="Reveal"/>.
/// </summary>
[DebuggerDisplay("(secret)")]
public sealed class Secret : IEquatable<Secret>
{
    private readonly string _text;

    /// <exception cref="ArgumentException">Empty.</exception>
    public Secret(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        _text = text;
    }

    /// <summary>Null where the text is absent or blank.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public static Secret? From(string? text, Secret? fallback = null) =>
        string.IsNullOrWhiteSpace(text) ? fallback : new(text.Trim());

    /// <summary>The text itself. Never into a log, a span, an exception or a response.</summary>
    public string Reveal() => _text;

    public bool Equals(Secret? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => string.GetHashCode(_text, StringComparison.Ordinal);

    public override string ToString() => "(secret)";
}
