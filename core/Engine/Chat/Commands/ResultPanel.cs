using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The figures of some days, as <c>/performance</c> and <c>/ap_stats</c> show them.</summary>
internal sealed record ResultPanel
{
    /// <summary>Asked for.</summary>
    public required int Days { get; init; }

    /// <summary>The results reach back to here: market time, UTC, Unix milliseconds.</summary>
    public required long FromMs { get; init; }

    /// <summary>The results are not known as far back as was asked.</summary>
    public required bool IsShort { get; init; }

    /// <summary>Trades of the account in the order of closing.</summary>
    public required IReadOnlyList<TradeRecord> Account { get; init; }

    /// <summary>Trades that were only followed.</summary>
    public required int Followed { get; init; }

    /// <summary>Positions of the account now.</summary>
    public required int Active { get; init; }

    /// <summary>Its entries that are not filled.</summary>
    public required int Waiting { get; init; }

    public static ResultPanel Read(IChatBook book, int days, Func<string, bool> strategy)
    {
        var from = Math.Max(book.KnownFromMs, book.NowMs - (days * TimeFrame.D1.Ms()));
        var trades = book.TradesSince(from).Where(trade => strategy(trade.Strategy)).ToArray();
        var live = book.Live().Where(track => track.Plan.Execution == TradeRecord.Primary && strategy(track.Plan.Strategy)).ToArray();
        return new()
        {
            Days = days,
            FromMs = from,
            IsShort = from > book.NowMs - (days * TimeFrame.D1.Ms()),
            Account = EquityCurve.InOrder([.. trades.Where(trade => trade.IsPrimary)]),
            Followed = trades.Count(trade => !trade.IsPrimary),
            Active = live.Count(track => track.State.Live is not null),
            Waiting = live.Count(track => track.State.Live is null),
        };
    }

    public string Span(Wording w) => w.Say($"за {w.Count(Days, Noun.Day)}", w.Count(Days, Noun.Day))
        + (IsShort ? w.Say($" (известно с {w.Moment(FromMs)})", $" (known since {w.Moment(FromMs)})") : "");

    public string Text(Wording w)
    {
        var overall = GroupStatistics.Of("all", Account);
        var all = overall.N + Active + Waiting;
        var counts = w.Say(
            $"Всего {Wording.Whole(all)}: закрыто {overall.N}, активных {Active}, ждут входа {Waiting}",
            $"{Wording.Whole(all)} in all: {overall.N} closed, {Active} active, {Waiting} waiting for entry");
        if (Followed > 0) counts += "\n" + w.Say(
            $"Только для наблюдения, позиция пары была занята: {w.Count(Followed, Noun.Trade)}",
            $"Only followed, the pair's position was taken: {w.Count(Followed, Noun.Trade)}");
        if (overall.N == 0) return $"{counts}\n\n{ChatStatistics.Full(overall, w)}";
        var wins = Account.Where(trade => trade.Outcome == TradeOutcome.Win).ToArray();
        var losses = Account.Where(trade => trade.Outcome == TradeOutcome.Loss).ToArray();
        return $"{counts}\n\n{ChatStatistics.Full(overall, w)}\n\n{Exits(w)}\n"
            + w.Say("Средняя прибыль ", "Mean win ") + Wording.R(Mean(wins))
            + w.Say(", средний убыток ", ", mean loss ") + Wording.R(Mean(losses)) + "\n"
            + w.Say("Расходы на сделку ", "Costs per trade ")
            + Wording.SizeR(Account.Average(trade => trade.Fees + trade.Funding + trade.Slippage));
    }

    private string Exits(Wording w)
    {
        var tp1 = Account.Count(trade => trade.Exits.Any(exit => exit.Reason == "TP1"));
        var tp2 = Account.Count(trade => trade.Exits.Any(exit => exit.Reason == "TP2"));
        var even = Account.Count(trade => trade.Exits[^1].Reason == TradeExit.BreakEvenStop);
        var stops = Account.Count(trade => trade.Exits[^1].Reason == "SL");
        var times = Account.Count(trade => trade.Exits[^1].Reason == "TIME");
        return w.Say(
            $"TP1 взят {tp1}, TP2 взят {tp2}, стоп в ноль {even}, стоп {stops}, по времени {times}",
            $"TP1 taken {tp1}, TP2 taken {tp2}, break-even stop {even}, stop {stops}, time stop {times}");
    }

    // No trade has no mean.
    private static double Mean(TradeRecord[] trades) => trades.Length == 0 ? double.NaN : (double)trades.Average(trade => trade.PnlRNet);
}
