using System.Globalization;

namespace FuturesBot.Adapters.Telegram;

/// <summary>Numbers of chats and people, as settings list them.</summary>
public static class TelegramIds
{
    /// <summary>The numbers of a list; what is none is left out.</summary>
    public static IReadOnlySet<long> Read(string list) =>
        Words(list).Select(word => TryRead(word, out var id) ? id : 0).Where(id => id != 0).ToHashSet();

    /// <summary>What in a list is no number of a chat or a person.</summary>
    public static IEnumerable<string> Unreadable(string list) => Words(list).Where(word => !TryRead(word, out _));

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool TryRead(string word, out long id) =>
        long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id) && id != 0;
}
