using System.Text;

namespace FuturesBot.Infra.Tests.Bicep;

/// <summary>Splits Bicep into words. Comments are dropped, but kept by line for rules that read them.</summary>
public sealed class Lexer
{
    // Longest first, so that the first that fits is the right one.
    private static readonly string[] Symbols =
        ["...", "=>", "==", "!=", "=~", "!~", "<=", ">=", "&&", "||", "??", "::", ".?", "[?", "{", "}", "[", "]", "(", ")", ":", ",", ".", "=", "@", "?", "!",
         "<", ">", "+", "-", "*", "/", "%", "|"];

    private readonly string _text;
    private readonly Dictionary<int, string> _comments = [];
    private int _at;
    private int _line = 1;

    private Lexer(string text) => _text = text;

    /// <exception cref="BicepException">A text or comment without an end, or a sign that means nothing.</exception>
    public static (IReadOnlyList<Token> Tokens, IReadOnlyDictionary<int, string> Comments) Read(string text)
    {
        var lexer = new Lexer(text.Replace("\r\n", "\n"));
        var tokens = lexer.Until(closing: false);
        tokens.Add(new(TokenKind.End, "", lexer._line));
        return (tokens, lexer._comments);
    }

    private char Here => _at < _text.Length ? _text[_at] : '\0';

    private List<Token> Until(bool closing)
    {
        var tokens = new List<Token>();
        for (var depth = 0; _at < _text.Length;)
        {
            var sign = Here;
            if (closing && depth == 0 && sign == '}') return tokens;
            if (sign == '{') depth++;
            if (sign == '}') depth--;

            if (sign == '\n') tokens.Add(new(TokenKind.NewLine, "", Line(1)));
            else if (sign is ' ' or '\t') _at++;
            else if (sign == '#' || Starts("//")) Comment();
            else if (Starts("/*")) LongComment();
            else if (Starts("'''")) tokens.Add(LongText());
            else if (sign == '\'') tokens.Add(Text());
            else if (char.IsAsciiLetter(sign) || sign == '_') tokens.Add(new(TokenKind.Identifier, Run(c => char.IsAsciiLetterOrDigit(c) || c == '_'), _line));
            else if (char.IsAsciiDigit(sign)) tokens.Add(new(TokenKind.Number, Run(char.IsAsciiDigit), _line));
            else tokens.Add(Sign());
        }

        return closing ? throw new BicepException(_line, "an interpolation has no end") : tokens;
    }

    private bool Starts(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private int Line(int signs)
    {
        _at += signs;
        return _line++;
    }

    private string Run(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < _text.Length && belongs(_text[_at])) _at++;
        return _text[start.._at];
    }

    private void Comment() => _comments[_line] = Run(c => c != '\n').TrimStart('/').Trim();

    private void LongComment()
    {
        var end = _text.IndexOf("*/", _at, StringComparison.Ordinal);
        if (end < 0) throw new BicepException(_line, "a comment has no end");
        for (; _at < end + 2; _at++) if (Here == '\n') _line++;
    }

    private Token LongText()
    {
        var (start, line) = (_at + 3, _line);
        var end = _text.IndexOf("'''", start, StringComparison.Ordinal);
        if (end < 0) throw new BicepException(_line, "a text has no end");
        for (; _at < end + 3; _at++) if (Here == '\n') _line++;
        return new(TokenKind.Text, "", line, [new(_text[start..end].TrimStart('\n'), null)]);
    }

    private Token Text()
    {
        var parts = new List<TextPart>();
        var plain = new StringBuilder();
        _at++;
        while (Here != '\'')
        {
            if (Here is '\0' or '\n') throw new BicepException(_line, "a text has no end");
            if (Starts("${"))
            {
                if (plain.Length > 0) parts.Add(new(plain.ToString(), null));
                plain.Clear();
                _at += 2;
                var inner = Until(closing: true);
                parts.Add(new(null, [.. inner, new(TokenKind.End, "", _line)]));
                _at++;
            }
            else if (Here == '\\')
            {
                plain.Append(Escaped());
            }
            else
            {
                plain.Append(_text[_at++]);
            }
        }

        _at++;
        if (plain.Length > 0 || parts.Count == 0) parts.Add(new(plain.ToString(), null));
        return new(TokenKind.Text, "", _line, parts);
    }

    private char Escaped()
    {
        var sign = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        _at += 2;
        return sign switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '\\' or '\'' or '$' => sign,
            _ => throw new BicepException(_line, $"\\{sign} means nothing; allowed are \\n \\r \\t \\\\ \\' \\$"),
        };
    }

    private Token Sign()
    {
        var symbol = Symbols.FirstOrDefault(Starts) ?? throw new BicepException(_line, $"the sign '{Here}' means nothing");
        _at += symbol.Length;
        return new(TokenKind.Symbol, symbol, _line);
    }
}
