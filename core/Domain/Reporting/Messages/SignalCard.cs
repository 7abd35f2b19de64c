using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Reporting;

/// <summary>
/// The card of a signal: all that was decided and, once it lives, where it stands. The same card is edited in place, so a
/// chat has one message per signal and not a flood.
/// </summary>
public sealed record SignalCard(SignalFacts Facts) : IMessage
{
    private TradePlan Plan => Facts.Plan;

    public string Html(Wording words)
    {
        var text = new MessageText();
        text.Add(Head(words));
        if (IsWaiting)
        {
            text.Add(Levels(words)).Add(3, Risk(words)).Add(2, Assessment(words)).Add(1, Record(words));
        }
        else
        {
            text.Add(Standing(words));
            if (!Facts.State.IsFinal) text.Add(1, Levels(words));
            text.Add(2, History(words)).Add(3, Assessment(words));
            if (!Facts.State.IsFinal) text.Add(4, Record(words));
        }

        return text.Add(SignalLines.Footer(Plan, Plan.DecidedAtMs, words, $"/why {SignalLines.Symbol(Plan)}")).ToString();
    }

    private bool IsWaiting => Facts.State is SignalState.Created or SignalState.PendingEntry;

    private string?[] Head(Wording words) =>
    [
        $"{Wording.Mark(Plan.Side)} {Wording.Bold($"{SignalLines.Symbol(Plan)} · {words.Side(Plan.Side)}")} · {words.Account(Facts.Account)}",
        SignalLines.Strategy(Plan, words),
        Plan.Strategy == ActionPrice.CatalogName && IsWaiting
            ? words.Say("Свеча пробила EMA200, следующая закрепилась", "A candle broke EMA200, the next one held")
            : null,
        Plan.Execution == TradePlan.Primary ? null
            : words.Say("Только наблюдаем: по этой паре сделка уже есть", "Only followed: the pair already has a trade"),
        Plan.Replayed ? words.Say("Из прошлого: входить уже поздно", "From the past: too late to enter") : null,
    ];

    private string?[] Levels(Wording words)
    {
        var position = Facts.State.Live;
        var entry = position?.Entry ?? Plan.Entry;
        var lines = new List<string?>();
        if (position is null)
        {
            var name = Plan.EntryType == EntryType.Limit ? words.Say("Вход по цене", "Entry at") : words.Say("Вход", "Entry");
            lines.Add($"{name}: {SignalLines.BoldPrice(Plan, entry)} — {SignalLines.EntryType(Plan, words)}");
            if (Plan.EntryType == EntryType.Limit) lines.Add(Now(words));
            lines.Add(SignalLines.Stop(Plan, entry, Plan.Stop, words));
            lines.AddRange(SignalLines.Targets(Plan, Plan.Target1, Plan.Target2, words));
            return [.. lines];
        }

        lines.Add(words.Say("Вход", "Entry") + $": {SignalLines.Price(Plan, entry)}");
        lines.Add(StopNow(position, words));
        if (position.Target1AtMs is null) lines.AddRange(SignalLines.Targets(Plan, position.Target1, position.Target2, words));
        else if (position.Target2AtMs is null && position.Target2 is { } second)
        {
            lines.Add($"TP2: {SignalLines.BoldPrice(Plan, second)} — "
                + words.Say($"закроем ещё {Wording.Share(Plan.Fraction2)}", $"close {Wording.Share(Plan.Fraction2)} more"));
        }

        return [.. lines];
    }

    private string? Now(Wording words)
    {
        var price = double.IsFinite(Facts.LastPrice) ? Facts.LastPrice : (double)Plan.SignalPrice;
        return words.Say("Сейчас цена ", "Price now ") + Wording.Price(price, Plan.Rules);
    }

    private string StopNow(Position position, Wording words)
    {
        var stop = SignalLines.BoldPrice(Plan, position.Stop);
        return position.StopKind switch
        {
            StopKind.Initial => SignalLines.Stop(Plan, position.Entry, position.Stop, words),
            StopKind.BreakEven => words.Say($"Стоп: {stop} — в ноль с учётом расходов", $"Stop: {stop}, break-even after costs"),
            _ => words.Say($"Стоп: {stop} — идёт за ценой", $"Stop: {stop}, follows the price"),
        };
    }

    private string?[] Risk(Wording words)
    {
        var reward = Wording.Plain(Plan.RewardR);
        var net = Wording.Bold(Wording.Plain(SignalArithmetic.NetRewardToRisk(Plan)));
        var cost = Wording.SizeR(Plan.CostR);
        var needed = Wording.Plain(Plan.BreakEvenWinRate * 100, 0);
        return
        [
            double.IsFinite(Facts.RiskPercent)
                ? words.Say($"Риск {Wording.Percent(Facts.RiskPercent)} счёта", $"Risk {Wording.Percent(Facts.RiskPercent)} of the account")
                : words.Say("Нет данных: риск в процентах счёта", "No data: risk in percent of the account"),
            words.Say($"Прибыль к риску {reward}, чистыми {net}", $"Reward to risk {reward}, net {net}"),
            words.Say(
                $"Расходы {cost}. В ноль выходим при {needed} % удачных", $"Costs {cost}. Breaks even at {needed} % winners"),
        ];
    }

    private string?[] Assessment(Wording words) => [.. SignalLines.Score(Facts, words), SignalLines.MarketRegime(Facts, words)];

    private string?[] Record(Wording words) =>
    [
        words.Record(Facts.Record),
        Facts.Record?.ScoreInverted == true
            ? words.Say("⚠️ Высокая оценка пока не даёт лучшего результата", "⚠️ Higher scores have not brought better results so far")
            : null,
    ];

    private string?[] Standing(Wording words)
    {
        string Title(string icon, string russian, string english) => $"{icon} {Wording.Bold(words.Say(russian, english))}";
        var now = SignalArithmetic.NowR(Facts.State, Facts.LastPrice);
        var result = double.IsFinite(now)
            ? words.Say($"Сейчас {Wording.R(now)} до расходов", $"Now {Wording.R(now)} before costs")
            : null;
        return Facts.State switch
        {
            SignalState.PartiallyFilled => [Title("▶️", "Вошли частично, остальное ждёт", "Partly in, the rest waits"), result],
            SignalState.Open => [Title("▶️", "В сделке", "In the trade"), result],
            SignalState.Target1Done s => [Title("✅", "TP1 взят", "TP1 taken"), Left(s.Position, words), result],
            SignalState.Target2Done s => [Title("✅", "TP2 взят", "TP2 taken"), Left(s.Position, words), result],
            SignalState.Closed s =>
            [
                Title("🏁", $"Итог {Wording.R(s.Result.NetR)}", $"Result {Wording.R(s.Result.NetR)}")
                    + words.Say(" после расходов", " after costs"),
                Capital(words.Reason(s.Reason)),
                words.Say("В сделке ", "In the trade for ") + words.Span(s.Result.ClosedAtMs - s.Result.EnteredAtMs),
            ],
            SignalState.Expired =>
            [
                Title("⌛", "Входа не дождались", "The entry did not come"),
                words.Say("Цена не дошла до ", "Price did not reach ") + SignalLines.Price(Plan, Plan.Entry),
            ],
            SignalState.Cancelled s => [Title("✖️", "Вход отменён", "Entry withdrawn"), Capital(words.Reason(s.Why))],
            SignalState.Rejected s =>
            [
                Title("✖️", "Биржа не приняла заявку", "The exchange rejected the order"),
                words.Say("Код ", "Code ") + Wording.Code(s.Code),
            ],
            SignalState.Refused s => [Title("✖️", "Не взяли", "Not taken"), Capital(words.Refusal(s.Why))],
            _ => [],
        };
    }

    private static string Left(Position position, Wording words) =>
        words.Say($"Осталось {Wording.Share(position.Remaining)}", $"{Wording.Share(position.Remaining)} left");

    /// <summary>12:31 вход 156.47 · 13:45 TP1 157.94: what has changed since the signal.</summary>
    private string?[] History(Wording words)
    {
        var steps = Facts.Events.Select(happened => Step(happened, words)).OfType<string>().ToList();
        const int Shown = 8;
        if (steps.Count > Shown) steps = [steps[0], "…", .. steps.TakeLast(Shown - 1)];
        return [string.Join('\n', steps)];
    }

    private string? Step(SignalEvent happened, Wording words)
    {
        string P(decimal price) => SignalLines.Price(Plan, price);
        var what = happened switch
        {
            SignalEvent.EntryFilled e => words.Say("вход по ", "in at ") + P(e.Price),
            SignalEvent.Target1Taken e => words.Say(
                $"TP1 по {P(e.Exit.Price)}, закрыли {Wording.Share(e.Exit.Fraction)}", $"TP1 at {P(e.Exit.Price)}, {Wording.Share(e.Exit.Fraction)} closed"),
            SignalEvent.Target2Taken e => words.Say(
                $"TP2 по {P(e.Exit.Price)}, закрыли {Wording.Share(e.Exit.Fraction)}", $"TP2 at {P(e.Exit.Price)}, {Wording.Share(e.Exit.Fraction)} closed"),
            SignalEvent.StopMoved e => words.Say("стоп на ", "stop to ") + P(e.Stop),
            SignalEvent.Closed e => words.Say("выход по ", "out at ") + P(e.Result.Exits[^1].Price),
            _ => null,
        };
        if (what is null) return null;
        var sameDay = words.Day(happened.AtMs) == words.Day(Plan.DecidedAtMs);
        return $"{(sameDay ? words.Clock(happened.AtMs) : words.Moment(happened.AtMs))} {what}";
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
