using System.Globalization;
using System.Text;

namespace FuturesBot.Adapters.AzureStorage.Tables;

/// <summary>Makes any text part of a key: what keys may not hold is written as <c>=</c> and its number in hex.</summary>
public static class TableKey
{
    /// <summary>Different texts give different keys; letters, digits and most signs stay as they are.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsSpecial)) return text;
        var key = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (IsSpecial(letter)) key.Append('=').Append(((int)letter).ToString("X4", CultureInfo.InvariantCulture));
            else key.Append(letter);
        }

        return key.ToString();
    }

    private static bool IsSpecial(char letter) => letter is '/' or '\\' or '#' or '?' or '%' or '=' or '|' || char.IsControl(letter);
}
