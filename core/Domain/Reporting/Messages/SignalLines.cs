using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain.Reporting;

/// <summary>Lines that several messages about a signal share.</summary>
internal static class SignalLines
{
    private const int HashShown = 8;

    /// <summary>✅ <b>ETHUSDT · TP1 взят</b>.</summary>
    public static string Title(string icon, TradePlan plan, string what) => $"{icon} {Wording.Bold($"{Symbol(plan)} · {what}")}";

    /// <summary>Шорт, снятие ликвидности, 15 мин.</summary>
    public static string Subtitle(TradePlan plan, Wording words) =>
        $"{words.SideTitle(plan.Side)}, {Strategy(plan, words, words.StrategyWord(plan.Strategy))}, {words.Frame(plan.Frame)}";

    /// <summary>Пробой и ретест, 15 мин.</summary>
    public static string Strategy(TradePlan plan, Wording words) =>
        $"{Strategy(plan, words, words.Strategy(plan.Strategy))}, {words.Frame(plan.Frame)}";

    public static string Price(TradePlan plan, decimal price) => Wording.Price(price, plan.Rules);

    public static string BoldPrice(TradePlan plan, decimal price) => Wording.Bold(Price(plan, price));

    public static string Symbol(TradePlan plan) => Wording.Text(plan.Symbol.Name);

    /// <summary>20.11 12:15 · 9f3a61d0 · and a command.</summary>
    public static string Footer(TradePlan plan, long atMs, Wording words, string command = "")
    {
        var hash = plan.DecisionHash.Length == 0
            ? words.Say("журнал не ведётся", "no ledger")
            : Wording.Code(plan.DecisionHash[..Math.Min(HashShown, plan.DecisionHash.Length)]);
        return $"{words.Moment(atMs)} · {hash}{(command.Length > 0 ? " · " + command : "")}";
    }

    public static string Stop(TradePlan plan, decimal entry, decimal stop, Wording words)
    {
        var percent = entry == 0 ? double.NaN : (double)(plan.Dir * (stop - entry) / entry * 100);
        return words.Say("Стоп", "Stop") + $": {BoldPrice(plan, stop)} ({Wording.Change(percent)}, " + words.Say("это 1R)", "1R)");
    }

    /// <summary>The targets and the runner of a plan, at the prices given.</summary>
    public static IEnumerable<string> Targets(TradePlan plan, decimal target1, decimal? target2, Wording words)
    {
        var all = target2 is null || plan.Fraction1 >= 1m;
        yield return Target("TP1", plan, target1, all ? null : plan.Fraction1, words);
        if (all || target2 is not { } second) yield break;
        yield return Target("TP2", plan, second, plan.Fraction2, words);
        var runner = 1m - plan.Fraction1 - plan.Fraction2;
        if (runner > 0) yield return words.Say($"Остаток {Wording.Share(runner)} ведём за ценой", $"The last {Wording.Share(runner)} trail the price");
    }

    public static string MarketRegime(SignalFacts facts, Wording words)
    {
        if (facts.Regime.Length == 0) return words.Say("Нет данных: режим рынка 4ч", "No data: 4h market regime");
        var sure = facts.RegimeConfidence > 0   // an undecided market is not sure of anything
            ? words.Say(
                $", уверенность {Wording.Plain(facts.RegimeConfidence * 100, 0)} из 100",
                $", confidence {Wording.Plain(facts.RegimeConfidence * 100, 0)} of 100")
            : "";
        return words.Say("Рынок 4ч: ", "4h market: ") + words.Regime(facts.Regime) + sure;
    }

    /// <summary>The score, what made it, and what was missing.</summary>
    public static IEnumerable<string> Score(SignalFacts facts, Wording words)
    {
        var whole = facts.ScoresItself;
        var needed = double.IsNaN(facts.ScoreNeeded) ? ""
            : whole ? words.Say(
                $" ({words.Mode(facts.Plan.Mode)} от {Wording.Score(facts.ScoreNeeded, whole)})",
                $" ({words.Mode(facts.Plan.Mode)} from {Wording.Score(facts.ScoreNeeded, whole)})")
            : words.Say($" (нужно от {Wording.Score(facts.ScoreNeeded, whole)})", $" ({Wording.Score(facts.ScoreNeeded, whole)} needed)");
        yield return Wording.Bold(words.Say("Оценка ", "Score ") + Wording.Score(facts.Plan.Score, whole)) + needed;

        // Below a hundredth a part is 0 on paper and says nothing.
        var applied = facts.ScoreParts.Where(part => !part.IsUnavailable && Math.Abs(part.Points) >= 0.005)
            .Select(part => part.Name == "base"
                ? $"{words.Part(part)} {Wording.Score(part.Points, whole)}"
                : $"{words.Part(part)} {Wording.Points(part.Points, whole)}");
        yield return string.Join(" · ", applied);
        var missing = string.Join(", ", facts.ScoreParts.Where(part => part.IsUnavailable).Select(part => words.PartName(part.Name)));
        if (missing.Length > 0)
            yield return words.Say($"Нет данных: {missing} — в оценку не вошли", $"No data: {missing}; not in the score");
    }

    private static string Strategy(TradePlan plan, Wording words, string name) =>
        plan.Mode.Length == 0 ? name
        : plan.Strategy == ActionPrice.CatalogName ? $"{name} {words.Mode(plan.Mode)}"
        : $"{name}, {words.Mode(plan.Mode)}";

    private static string Target(string name, TradePlan plan, decimal price, decimal? fraction, Wording words)
    {
        var part = fraction is { } share
            ? words.Say($"закроем {Wording.Share(share)}", $"close {Wording.Share(share)}")
            : words.Say("закроем всё", "close all");
        return $"{name}: {BoldPrice(plan, price)} — {part}";
    }

    /// <summary>Лимит or рынок, and how long it waits.</summary>
    public static string EntryType(TradePlan plan, Wording words) => plan.EntryType == Risk.EntryType.Market
        ? words.Say("по рынку", "at market")
        : plan.ExpiryBars > 0
            ? words.Say(
                $"лимит, ждём {words.Count(plan.ExpiryBars, Noun.CandleAwaited)}", $"limit, for {words.Count(plan.ExpiryBars, Noun.Candle)}")
            : words.Say("лимит", "limit");
}
