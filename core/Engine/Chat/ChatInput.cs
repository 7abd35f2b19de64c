using System.Globalization;
using System.Text;

namespace FuturesBot.Engine.Chat;

/// <summary>A text of a stranger's making, taken apart: bounded, without control characters.</summary>
/// <param name="Word">The command without the slash, lower case; empty when it is none.</param>
/// <param name="Bot">The bot it was addressed to, behind the @; empty for whoever reads it.</param>
/// <param name="Arguments">The words behind it.</param>
/// <param name="Text">All of it, cleaned.</param>
public sealed record ChatInput(string Word, string Bot, IReadOnlyList<string> Arguments, string Text)
{
    /// <summary>Characters that are read; no command needs more.</summary>
    public const int LengthMax = 256;

    /// <summary>Words that are read behind a command; one more than any takes, so that too many are noticed.</summary>
    public const int ArgumentsMax = 8;

    public bool IsCommand => Word.Length > 0;

    public static ChatInput Of(string? text)
    {
        var clean = Clean(text);
        var words = clean.Split(' ', ArgumentsMax + 2, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0][0] != '/' || words[0].Length == 1) return new("", "", [], clean);
        var at = words[0].IndexOf('@');
        var word = (at < 0 ? words[0][1..] : words[0][1..at]).ToLowerInvariant();
        return new(word, at < 0 ? "" : words[0][(at + 1)..], words[1..], clean);
    }

    /// <summary>Letters, digits, signs and single spaces, at most <see cref="LengthMax"/> characters.</summary>
    private static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var clean = new StringBuilder(Math.Min(text.Length, LengthMax));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > LengthMax) break;
            var isGap = Rune.IsWhiteSpace(rune);
            if (isGap && (clean.Length == 0 || clean[^1] == ' ')) continue;
            if (isGap) clean.Append(' ');
            else if (IsPlain(rune)) clean.Append(rune);
        }

        return clean.ToString().TrimEnd();
    }

    // Format characters turn text around or hide it; half a surrogate pair comes as U+FFFD.
    private static bool IsPlain(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned);
}
