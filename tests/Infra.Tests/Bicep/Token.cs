namespace FuturesBot.Infra.Tests.Bicep;

public enum TokenKind
{
    Identifier,
    Number,
    Text,
    Symbol,
    NewLine,
    End,
}

/// <summary>A word of a Bicep file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">As written; empty for a text.</param>
/// <param name="Line">From 1.</param>
/// <param name="Parts">Of a text: its pieces in turn, each plain or the words of an interpolation.</param>
public sealed record Token(TokenKind Kind, string Value, int Line, IReadOnlyList<TextPart>? Parts = null)
{
    public bool Is(string symbol) => Kind is TokenKind.Symbol && Value == symbol;

    public bool IsWord(string word) => Kind is TokenKind.Identifier && Value == word;
}

/// <summary>A piece of a text: plain, or what stands between <c>${</c> and <c>}</c>.</summary>
public sealed record TextPart(string? Plain, IReadOnlyList<Token>? Inner);
