namespace FuturesBot.Domain.Reporting;

/// <summary>The week in one message: by strategy, the best and the worst trade.</summary>
public sealed record WeeklySummary(SummaryFacts Facts) : IMessage
{
    private const int StrategiesMax = 7;

    public string Html(Wording words) => new MessageText()
        .Add(
            $"🗓 {Wording.Bold(words.Say("Итог недели, ", "The week, ") + $"{words.Day(Facts.FromMs)} – {words.Day(Facts.ToMs - 1)}")}",
            words.Account(Facts.Account))
        .Add(SummaryLines.Result(Facts, words))
        .Add(2, ByStrategy(words))
        .Add(3, Extremes(words))
        .Add(1, SummaryLines.Record(Facts, words))
        .Add(5, SummaryLines.NotTaken(Facts, words))
        .Add(SummaryLines.Ledger(Facts, words))
        .Add(4, "/performance 7 · /stats")
        .ToString();

    private string?[] ByStrategy(Wording words) =>
        [.. Facts.ByStrategy.Take(StrategiesMax).Select(one =>
            $"{words.Strategy(one.Strategy)}: {words.Count(one.Trades, Noun.Trade)}, {Wording.R(one.NetR)}")];

    private string?[] Extremes(Wording words) => Facts.Extremes is not { } extremes ? [] :
    [
        words.Say("Лучшая: ", "Best: ") + Named(extremes.Best),
        words.Say("Худшая: ", "Worst: ") + Named(extremes.Worst),
    ];

    private static string Named(TradeRecord trade) => $"{Wording.Text(trade.Symbol, 30)} {Wording.R(trade.PnlRNet)}";
}
