using System.Globalization;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat;

/// <summary>Reads the words behind a command; what is wrong is said with what is allowed.</summary>
internal static class ChatArguments
{
    private const int SymbolsShown = 8;

    /// <summary>The answer to more words than the command takes; null when there are not.</summary>
    public static ChatAnswer? TooMany(ChatCall call, IChatCommand command)
    {
        var usage = command.Usage(call.Words);
        var most = usage.Length == 0 ? 0 : usage.Split(' ').Length;
        if (call.Arguments.Count <= most) return null;
        var line = Wording.Code(usage.Length == 0 ? "/" + command.Name : $"/{command.Name} {usage}");
        return ChatAnswer.Of(call.Words.Say(
            $"Лишнее слово: «{Wording.Text(call.Arguments[most], 40)}». Команда пишется так: {line}",
            $"One word too many: “{Wording.Text(call.Arguments[most], 40)}”. The command is written {line}"));
    }

    /// <summary>A whole number; without one the default.</summary>
    public static bool TryWhole(
        ChatCall call, int at, int least, int most, int standard, Noun what, out int value, out ChatAnswer? fault)
    {
        fault = null;
        value = standard;
        if (call.Arguments.Count <= at) return true;
        if (int.TryParse(call.Arguments[at], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most)
            return true;
        var typed = Wording.Text(call.Arguments[at], 40);
        var many = what.For(0, call.Words.Language);
        fault = ChatAnswer.Of(call.Words.Say(
            $"Было «{typed}», а нужно целое число {many} от {least} до {most}. Без числа возьму {standard}.",
            $"“{typed}” was given; a whole number of {many} from {least} to {most} is allowed. Without one it is {standard}."));
        return false;
    }

    /// <summary>A watched symbol, also in small letters and without its USDT.</summary>
    public static bool TrySymbol(ChatCall call, int at, IChatBook book, IChatCommand command, out Symbol symbol, out ChatAnswer? fault)
    {
        fault = null;
        symbol = default;
        if (call.Arguments.Count <= at)
        {
            fault = ChatAnswer.Of(call.Words.Say(
                $"Какую пару? Например: {Wording.Code($"/{command.Name} {book.Listings[0].Symbol}")}",
                $"Which pair? For example: {Wording.Code($"/{command.Name} {book.Listings[0].Symbol}")}"));
            return false;
        }

        var typed = call.Arguments[at].ToUpperInvariant();
        foreach (var name in (string[])[typed, typed + "USDT"])
        {
            foreach (var listing in book.Listings)
            {
                if (listing.Symbol.Name != name) continue;
                symbol = listing.Symbol;
                return true;
            }
        }

        var nearest = book.Listings.Select(listing => listing.Symbol.Name)
            .OrderBy(name => Math.Min(NearestCommand.Distance(typed, name), NearestCommand.Distance(typed + "USDT", name)))
            .ThenBy(name => name, StringComparer.Ordinal)
            .Take(SymbolsShown);
        fault = ChatAnswer.Of(call.Words.Say(
            $"За парой «{Wording.Text(call.Arguments[at], 40)}» бот не следит. Похожие: {string.Join(", ", nearest)}",
            $"The bot does not watch “{Wording.Text(call.Arguments[at], 40)}”. Near it: {string.Join(", ", nearest)}"));
        return false;
    }
}
