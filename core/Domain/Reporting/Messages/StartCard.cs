namespace FuturesBot.Domain.Reporting;

/// <summary>The system has started: what it watches, with what, at which risk.</summary>
public sealed record StartCard(StartFacts Facts) : IMessage
{
    private const int StrategiesMax = 7;
    private const int MissingMax = 5;

    public string Html(Wording words)
    {
        var strategies = string.Join(", ", Facts.Strategies.Take(StrategiesMax).Select(name => words.Strategy(name)))
            + (Facts.Strategies.Count > StrategiesMax ? ", …" : "");
        var missing = string.Join(", ", Facts.Missing.Take(MissingMax).Select(input => Wording.Text(input, 30)));
        return new MessageText()
            .Add(
                $"🚀 {Wording.Bold(words.Say("Бот запущен", "The bot is running"))} · {words.Account(Facts.Account)}",
                words.Say("Биржа: ", "Exchange: ") + words.Exchange(Facts.Exchange)
                    + words.Say(", версия ", ", version ") + Wording.Text(Facts.Version, 20))
            .Add(
                words.Say($"Следим за {words.Count(Facts.Symbols, Watched)}", $"Watching {words.Count(Facts.Symbols, Noun.Symbol)}"),
                words.Say("Стратегии: ", "Strategies: ") + (strategies.Length == 0 ? words.Say("все выключены", "all switched off") : strategies),
                words.Say("Профиль: ", "Profile: ") + Wording.Text(Facts.Profile, 30))
            .Add(
                Facts.Equity is { } equity ? words.Say("На счёте: ", "Balance: ") + Wording.Balance(equity) : null,
                words.Say("Риск на сделку: ", "Risk per trade: ") + Wording.Percent(Facts.RiskPercent),
                double.IsFinite(Facts.DailyLossPercent)
                    ? words.Say("Предел потерь за день: ", "Daily loss limit: ") + Wording.Change(-Facts.DailyLossPercent)
                    : null)
            .Add(
                Facts.Open + Facts.Waiting > 0
                    ? words.Say($"С прошлого раза: открыто {Facts.Open}, ждёт входа {Facts.Waiting}", $"From before: {Facts.Open} open, {Facts.Waiting} waiting for entry")
                    : null,
                missing.Length > 0 ? words.Say("Нет данных: ", "No data: ") + missing : null)
            .Add($"{words.Moment(Facts.AtMs)} · /status · /help")
            .ToString();
    }

    // In the instrumental: следим за 2 парами.
    private static Noun Watched { get; } = new("парой", "парами", "парами", "pair", "pairs");
}
