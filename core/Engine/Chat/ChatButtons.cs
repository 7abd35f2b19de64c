using System.Globalization;
using System.Text;

namespace FuturesBot.Engine.Chat;

/// <summary>What buttons carry: a letter that says what is wanted, and what it needs.</summary>
internal static class ChatButtons
{
    /// <summary>Runs the command behind it, in place of the message.</summary>
    public const string Run = "c:";

    /// <summary>Turns to a page: <c>p:2:closed 24</c>.</summary>
    public const string Page = "p:";

    /// <summary>Opens a page of the menu.</summary>
    public const string Menu = "m:";

    /// <summary>Forgets the order that waits for its code.</summary>
    public const string Cancel = "x";

    /// <summary>Shows where one is; does nothing.</summary>
    public const string Here = "h";

    /// <summary>Bytes that a button may carry.</summary>
    public const int BytesMax = 64;

    /// <summary>Back, where one is, and forward; empty for a single page.</summary>
    public static IReadOnlyList<ChatButton> Turn(int page, int pages, Func<int, string> dataOf)
    {
        if (pages < 2) return [];
        var row = new List<ChatButton>();
        if (page > 0) row.Add(new("‹", dataOf(page - 1)));
        row.Add(new(string.Create(CultureInfo.InvariantCulture, $"{page + 1} / {pages}"), Here));
        if (page < pages - 1) row.Add(new("›", dataOf(page + 1)));
        return row.TrueForAll(button => Encoding.UTF8.GetByteCount(button.Data) <= BytesMax) ? row : [];
    }
}
