using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The day so far.</summary>
internal sealed class ReportCommand(IChatBook book) : IChatCommand
{
    private const int RefusalsShown = 5;

    public string Name => "report";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Итог дня", "The day so far");

    public string About(Wording words) => words.Say("день с полуночи до этой минуты", "the day from midnight to this minute");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var (day, w) = (book.Day(), call.Words);
        var net = day.Closed.Sum(trade => trade.PnlRNet);
        var before = day.Equity - day.NetUsdt;
        var wins = day.Closed.Count(trade => trade.Outcome == TradeOutcome.Win);
        var evens = day.Closed.Count(trade => trade.Outcome == TradeOutcome.BreakEven);
        var share = before > 0 ? Wording.Change((double)(day.NetUsdt / before * 100)) : Wording.Unavailable;
        var refused = day.Refusals.Sum(reason => reason.Count);
        string[] paragraphs =
        [
            Wording.Bold(w.Say($"День: {w.Weekday(day.FromMs)}, до {w.Clock(book.NowMs)}", $"The day: {w.Weekday(day.FromMs)}, until {w.Clock(book.NowMs)}")),
            day.Closed.Count == 0
                ? w.Say("Закрытых сделок ещё нет", "No trade has closed yet")
                : w.Say(
                    $"Результат: {Wording.Bold(Wording.R(net))} ({share}, {Wording.Money(day.NetUsdt)})\n"
                        + $"Закрыто {day.Closed.Count}: в плюс {wins}, в ноль {evens}, в минус {day.Closed.Count - wins - evens}",
                    $"Result: {Wording.Bold(Wording.R(net))} ({share}, {Wording.Money(day.NetUsdt)})\n"
                        + $"Closed {day.Closed.Count}: {wins} won, {evens} even, {day.Closed.Count - wins - evens} lost"),
            w.Say(
                $"Новых сигналов {day.Signals}, открыто {day.Open}, ждут входа {day.Waiting}\n"
                    + $"Риск сейчас: {Wording.Percent(day.OpenRiskPercent)} из {Wording.Percent((double)book.Options.Risk.OpenRiskMax * 100)}\n"
                    + $"На счёте {Wording.Balance(day.Equity)}",
                $"New signals {day.Signals}, open {day.Open}, waiting for entry {day.Waiting}\n"
                    + $"Risk now: {Wording.Percent(day.OpenRiskPercent)} of {Wording.Percent((double)book.Options.Risk.OpenRiskMax * 100)}\n"
                    + $"Equity {Wording.Balance(day.Equity)}"),
            Wording.Bold(w.Say("90 дней", "90 days")) + "\n" + ChatStatistics.Full(day.Quarter, w)
                + (day.Quarter.N == 0 ? "" : "\n" + w.Say("Самая глубокая просадка ", "Deepest draw-down ") + Wording.R(day.Drawdown.DepthR, 1)),
            refused == 0
                ? w.Say("Отказов сегодня нет", "Nothing was refused today") + Counted(day, w)
                : w.Say($"Не взяли сегодня: {w.Count(refused, Noun.Signal)} (", $"Not taken today: {w.Count(refused, Noun.Signal)} (")
                    + string.Join(", ", day.Refusals.Take(RefusalsShown).Select(reason => $"{w.Refusal(reason.Reason)} {reason.Count}"))
                    + (day.Refusals.Count > RefusalsShown ? ", …)" : ")") + Counted(day, w),
        ];
        return Task.FromResult(ChatAnswer.Of(string.Join("\n\n", paragraphs)));
    }

    private static string Counted(DayNote day, Wording w) => day.CountedFromMs is { } from
        ? w.Say($", считаем с {w.Clock(from)}", $", counted since {w.Clock(from)}")
        : "";
}
