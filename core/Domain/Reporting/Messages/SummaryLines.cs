namespace FuturesBot.Domain.Reporting;

/// <summary>Paragraphs that both summaries share.</summary>
internal static class SummaryLines
{
    private const int ReasonsMax = 3;
    private const int SymbolsMax = 5;

    public static string?[] Result(SummaryFacts facts, Wording words)
    {
        var more = new List<string>();
        if (double.IsFinite(facts.NetPercent)) more.Add(Wording.Change(facts.NetPercent));
        if (facts.NetUsdt is { } usdt && facts.Account != AccountKind.Signals) more.Add(Wording.Money(usdt));
        var money = more.Count == 0 ? "" : $" ({string.Join(", ", more)})";
        if (facts.Closed == 0) return [words.Say("Закрытых сделок не было", "No trade was closed")];
        return
        [
            words.Say("Результат: ", "Result: ") + Wording.Bold(Wording.R(facts.NetR)) + money,
            words.Say(
                $"Закрыто {facts.Closed}: в плюс {facts.Wins}, в ноль {facts.BreakEvens}, в минус {facts.Losses}",
                $"Closed {facts.Closed}: won {facts.Wins}, even {facts.BreakEvens}, lost {facts.Losses}"),
            words.Say(
                $"Расходы: {Wording.SizeR(facts.CostR)}, из них комиссии {Wording.SizeR(facts.FeesR)}",
                $"Costs: {Wording.SizeR(facts.CostR)}, including fees {Wording.SizeR(facts.FeesR)}"),
        ];
    }

    public static string?[] Standing(SummaryFacts facts, Wording words) =>
    [
        words.Say($"Открыто {facts.Open}, ждёт входа {facts.Waiting}", $"Open {facts.Open}, waiting for entry {facts.Waiting}"),
        double.IsFinite(facts.OpenRiskPercent)
            ? words.Say("Риск сейчас: ", "Risk now: ") + Wording.Percent(facts.OpenRiskPercent)
                + words.Say(" из ", " of ") + Wording.Percent(facts.OpenRiskMaxPercent)
            : null,
        double.IsFinite(facts.DrawdownR)
            ? words.Say("Просадка: ", "Drawdown: ") + Wording.R(facts.DrawdownR, 1)
                + words.Say(", самая глубокая ", ", the deepest ") + Wording.R(facts.DeepestR, 1)
            : null,
    ];

    public static string?[] Record(SummaryFacts facts, Wording words) => facts.Record is { } record
        ? [Wording.Bold(words.Count(record.Days, Noun.Day)), .. words.Panel(record.Statistics)]
        : [words.Say("Нет данных: итоги прошлых сделок", "No data: results of past trades")];

    public static string?[] NotTaken(SummaryFacts facts, Wording words)
    {
        if (facts.Refusals is not { } refusals) return [words.Say("Нет данных: отказы", "No data: refusals"), Data(facts, words)];
        var count = refusals.Sum(refusal => refusal.Count);
        var reasons = string.Join(", ", refusals.Take(ReasonsMax).Select(refusal => $"{words.Refusal(refusal.Reason)} {refusal.Count}"));
        if (refusals.Count > ReasonsMax) reasons += ", …";
        var line = count == 0
            ? words.Say("Отказов не было", "Nothing was refused")
            : words.Say($"Не взяли {words.Count(count, Noun.Signal)}: {reasons}", $"Not taken: {words.Count(count, Noun.Signal)} ({reasons})");
        var near = facts.NearMisses is { } missed ? words.Say($"Почти сигналов: {missed}", $"Near misses: {missed}") : null;
        var since = facts.CountedFromMs is { } from
            ? words.Say($"Отказы считаем с {words.Moment(from)}: бот начал работу", $"Refusals counted since {words.Moment(from)}, when the bot began")
            : null;
        return [line, near, since, Data(facts, words)];
    }

    public static string Ledger(SummaryFacts facts, Wording words) => facts.LedgerHash.Length == 0
        ? words.Say("Журнал не ведётся", "No ledger is kept")
        : words.Say($"Журнал, строка {facts.LedgerSeq}:\n", $"Ledger, line {facts.LedgerSeq}:\n") + Wording.Code(facts.LedgerHash);

    /// <summary>The day's root, which its readers can hold against what <c>futuresbot verify</c> says; null without a ledger.</summary>
    public static string? Root(SummaryFacts facts, Wording words)
    {
        if (facts.LedgerHash.Length == 0) return null;
        return facts.LedgerRoot is { } root
            ? words.Say($"Корень {Wording.Date(root.Day)} UTC: ", $"Root of {Wording.Date(root.Day)} UTC: ") + Wording.Code(root.Hash) + ", " + words.Count(root.Lines, Noun.Line)
            : words.Say("Нет данных: корень прошлого дня", "No data: root of the day before");
    }

    private static string Data(SummaryFacts facts, Wording words)
    {
        if (facts.Incomplete is not { } symbols) return words.Say("Нет данных: полнота свечей", "No data: completeness of candles");
        if (symbols.Count == 0) return words.Say("Данные полные", "The data are complete");
        var names = string.Join(", ", symbols.Take(SymbolsMax).Select(symbol => Wording.Text(symbol, 30))) + (symbols.Count > SymbolsMax ? ", …" : "");
        return words.Say($"⚠️ Данные неполные: {names}", $"⚠️ Incomplete data: {names}");
    }
}
