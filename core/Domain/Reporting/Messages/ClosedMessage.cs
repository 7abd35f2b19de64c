using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain.Reporting;

/// <summary>The position is closed: by a stop, a target, the trail, the clock, a hand or the exchange.</summary>
public sealed record ClosedMessage(SignalFacts Facts, CloseReason Reason, TradeResult Result) : IMessage
{
    private TradePlan Plan => Facts.Plan;

    public string Html(Wording words) => new MessageText()
        .Add(SignalLines.Title(Icon, Plan, Title(words)), SignalLines.Subtitle(Plan, words))
        .Add(Explained(words))
        .Add(words.Say("Итог: ", "Result: ") + Wording.Bold(Wording.R(Result.NetR)) + InMoney(words), Prices(words), Costs(words))
        .Add(2, Parts(words))
        .Add(
            words.Say("В сделке ", "In the trade for ") + words.Span(Result.ClosedAtMs - Result.EnteredAtMs),
            Best(words))
        .Add(1, Today(words), Again(words))
        .Add(SignalLines.Footer(Plan, Result.ClosedAtMs, words, "/closed 24"))
        .ToString();

    private string Icon => Reason switch
    {
        CloseReason.Tp1 or CloseReason.Tp2 => "✅",
        CloseReason.Trail => "🏁",
        CloseReason.Be => "⚪",
        CloseReason.Sl => "🔻",
        CloseReason.Time => "⏱",
        CloseReason.Manual => "✋",
        CloseReason.Kill => "🛑",
        _ => "⚠️",
    };

    private string Title(Wording words) => Reason switch
    {
        CloseReason.Tp1 => words.Say("TP1 взят, всё закрыто", "TP1 taken, all closed"),
        CloseReason.Tp2 => words.Say("TP2 взят, всё закрыто", "TP2 taken, all closed"),
        CloseReason.Trail => words.Say("закрыли остаток", "the rest is closed"),
        CloseReason.Be => words.Say("вышли в ноль", "out at break-even"),
        CloseReason.Sl => words.Say("стоп", "stop"),
        CloseReason.Time => words.Say("вышли по времени", "out of time"),
        CloseReason.Manual => words.Say("закрыли вручную", "closed by hand"),
        CloseReason.Kill => words.Say("аварийная остановка", "kill switch"),
        CloseReason.Liq => words.Say("ликвидация", "liquidation"),
        CloseReason.Adl => words.Say("биржа закрыла позицию", "closed by the exchange"),
        _ => words.Say("контракт завершён", "contract settled"),
    };

    private string? Explained(Wording words) => Reason switch
    {
        CloseReason.Trail => words.Say(
            "Цена развернулась, трейлинг-стоп закрыл остаток", "Price turned, and the trailing stop closed the rest"),
        CloseReason.Be when HasPart => words.Say(
            "После TP1 цена вернулась ко входу, остаток закрыли без убытка", "After TP1 price came back to the entry; the rest was closed without a loss"),
        CloseReason.Time => words.Say(
            "Цена стояла слишком долго, держать дальше нет смысла", "Price went nowhere for too long"),
        CloseReason.Kill => words.Say("Сработала команда закрыть всё", "Everything was told to close"),
        CloseReason.Liq => words.Say(
            "Биржа закрыла позицию принудительно: не хватило обеспечения", "The exchange closed the position: the margin ran out"),
        CloseReason.Adl => words.Say(
            "Автоматическое сокращение позиций (ADL): от нас это не зависело", "Auto-deleveraging (ADL): nothing of ours caused it"),
        CloseReason.Settle => words.Say("Биржа закрывает этот контракт", "The exchange settles this contract"),
        _ => null,
    };

    private bool HasPart => Result.Exits.Count > 1;

    private string InMoney(Wording words)
    {
        var parts = new List<string>();
        if (double.IsFinite(Facts.RiskPercent))
            parts.Add(Wording.Change(Facts.RiskPercent * (double)Result.NetR) + words.Say(" счёта", " of the account"));
        if (Facts.Account != AccountKind.Signals && Result.Quantity > 0)
            parts.Add(Wording.Money(Result.NetR * Result.Risk * Result.Quantity));
        return parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
    }

    private string Prices(Wording words)
    {
        var last = Result.Exits[^1].Price;
        var planned = Reason == CloseReason.Sl && last != Plan.Stop
            ? words.Say($" (план {SignalLines.Price(Plan, Plan.Stop)})", $" (planned {SignalLines.Price(Plan, Plan.Stop)})")
            : "";
        return words.Say("Вход ", "Entry ") + $"{SignalLines.Price(Plan, Result.Entry)}, "
            + words.Say("выход ", "exit ") + SignalLines.Price(Plan, last) + planned;
    }

    private string Costs(Wording words)
    {
        var all = Result.FeesR + Result.FundingR + Result.SlippageR;
        var assumed = Result.FundingAssumed ? words.Say(", фандинг по оценке", ", funding assumed") : "";
        return words.Say("Расходы внутри итога: ", "Costs in it: ") + Wording.SizeR(all) + assumed;
    }

    private string? Parts(Wording words) => HasPart
        ? string.Join('\n', Result.Exits.Select(exit => $"{Leg(exit.Reason, words)}: {Wording.Share(exit.Fraction)} "
            + words.Say("по ", "at ") + SignalLines.Price(Plan, exit.Price)))
        : null;

    private static string Leg(CloseReason reason, Wording words) => reason switch
    {
        CloseReason.Tp1 => "TP1",
        CloseReason.Tp2 => "TP2",
        _ => words.Say("Остаток", "Rest"),
    };

    private string Best(Wording words)
    {
        var best = words.Say("Лучше всего было ", "The best was ") + Wording.R(Result.MfeR);
        var reached = Result.Exits.Any(exit => exit.Reason is CloseReason.Tp1 or CloseReason.Tp2);
        return reached ? best : best + words.Say(", до TP1 не дошли", ", TP1 was not reached");
    }

    private string? Today(Wording words)
    {
        if (Facts.Today is not { } day) return null;
        var percent = double.IsFinite(day.Percent) ? $" ({Wording.Change(day.Percent)})" : "";
        var limit = double.IsFinite(day.LimitPercent)
            ? words.Say(", предел дня ", ", the day's limit is ") + Wording.Change(-day.LimitPercent)
            : "";
        return words.Say("Сегодня: ", "Today: ") + Wording.Bold(Wording.R(day.NetR)) + percent + limit;
    }

    private string Again(Wording words) => words.Say(
        $"Стратегия снова следит за {SignalLines.Symbol(Plan)}", $"The strategy watches {SignalLines.Symbol(Plan)} again");
}
