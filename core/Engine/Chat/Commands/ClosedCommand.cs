using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>What closed lately, the last first.</summary>
internal sealed class ClosedCommand(IChatBook book) : IChatCommand
{
    public string Name => "closed";

    public string Usage(Wording words) => words.Say("[часы]", "[hours]");

    public string Title(Wording words) => words.Say("Закрытые", "Closed");

    public string About(Wording words) => words.Say("закрытые сделки за часы: 1–168, без числа 24", "closed trades of hours: 1–168, without a number 24");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        if (!ChatArguments.TryWhole(call, 0, 1, 168, 24, ChatNouns.Hour, out var hours, out var fault)) return Task.FromResult(fault!);
        var w = call.Words;
        var trades = book.TradesSince(book.NowMs - (hours * TimeFrame.H1.Ms()))
            .OrderByDescending(trade => trade.ClosedAtMs).ThenBy(trade => trade.SignalId, StringComparer.Ordinal).ToArray();
        var mine = trades.Where(trade => trade.IsPrimary).ToArray();
        var rules = book.Listings.ToDictionary(listing => listing.Symbol.Name, listing => listing.Rules, StringComparer.Ordinal);
        var sum = mine.Length == 0
            ? w.Say("По счёту ничего не закрылось", "Nothing of the account has closed")
            : w.Say(
                $"По счёту {w.Count(mine.Length, Noun.Trade)}, вместе {Wording.Bold(Wording.R(mine.Sum(trade => trade.PnlRNet)))} после расходов",
                $"Of the account {w.Count(mine.Length, Noun.Trade)}, together {Wording.Bold(Wording.R(mine.Sum(trade => trade.PnlRNet)))} after costs");
        return Task.FromResult(new ChatAnswer
        {
            Head = $"{Wording.Bold(w.Say("Закрыто", "Closed"))} {w.Say("за", "in")} {w.Count(hours, ChatNouns.Hour)}\n{sum}",
            Entries = [.. trades.Select(trade => Entry(trade, rules.GetValueOrDefault(trade.Symbol), w))],
            PerPage = 6,
        });
    }

    /// <param name="trade">What closed.</param>
    /// <param name="rules">Null for a symbol that is watched no more: its prices are written as they are.</param>
    /// <param name="w">The language.</param>
    private static string Entry(TradeRecord trade, SymbolRules? rules, Wording w)
    {
        var side = trade.Direction == "LONG" ? Side.Long : Side.Short;
        var mark = trade.Outcome switch { TradeOutcome.Win => "✅", TradeOutcome.BreakEven => "⚪️", _ => "🔻" };
        var reason = Enum.TryParse<CloseReason>(trade.Exits[^1].Reason, ignoreCase: true, out var known)
            ? w.Reason(known)
            : Wording.Text(trade.Exits[^1].Reason, 20);
        var followed = trade.IsPrimary ? "" : w.Say(" · только наблюдали", " · only followed");
        return $"{mark} {Wording.Bold(Wording.Text(trade.Symbol, 30))} · {w.SideWord(side)} · {Wording.Bold(Wording.R(trade.PnlRNet))}{followed}\n"
            + $"{w.Strategy(trade.Strategy, trade.Mode)}: {reason}\n"
            + $"{Price(trade.EntryPrice, rules)} → {Price(trade.Exits[^1].Price, rules)}, "
            + $"{w.Span(trade.ClosedAtMs - trade.EntryTimeMs)}, {w.Moment(trade.ClosedAtMs)}";
    }

    private static string Price(decimal price, SymbolRules? rules) =>
        rules is null ? Wording.Plain(price, Math.Min((int)price.Scale, 12)) : Wording.Price(price, rules);
}
