namespace FuturesBot.Domain.Reporting;

/// <summary>A limit of loss was reached, or a position stands without its stop.</summary>
public sealed record ProtectionAlert : IMessage
{
    public required ProtectionCause Cause { get; init; }

    /// <summary>When, UTC Unix milliseconds.</summary>
    public required long AtMs { get; init; }

    /// <summary>Loss in percent, above 0, or trades in a row; NaN for an unprotected position.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>Its limit; NaN without one.</summary>
    public double Limit { get; init; } = double.NaN;

    /// <summary>When new entries are allowed again; null: by hand, or not applicable.</summary>
    public long? UntilMs { get; init; }

    /// <summary>The position without a stop; empty for a limit.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>Signals in the market.</summary>
    public int Open { get; init; }

    public string Html(Wording words)
    {
        if (Cause == ProtectionCause.Unprotected) return Unprotected(words);
        return new MessageText()
            .Add($"🛑 {Wording.Bold(Title(words))}", Measured(words))
            .Add(
                words.Say("Новых входов нет", "No new entries") + Until(words),
                Open > 0
                    ? words.Say($"Открытые сделки ({Open}) ведём как обычно, их стопы на месте", $"Open trades ({Open}) are followed as usual, their stops are in place")
                    : words.Say("Открытых сделок нет", "No trade is open"))
            .Add(Cause == ProtectionCause.Drawdown
                ? words.Say("Снова включить торговлю можно только вручную: /resume", "Only a person can switch trading on again: /resume")
                : null)
            .Add($"{words.Moment(AtMs)} · /status")
            .ToString();
    }

    private string Title(Wording words) => Cause switch
    {
        ProtectionCause.DailyLoss => words.Say("Достигнут предел потерь за день", "Daily loss limit reached"),
        ProtectionCause.WeeklyLoss => words.Say("Достигнут предел потерь за неделю", "Weekly loss limit reached"),
        ProtectionCause.Drawdown => words.Say("Достигнут предел просадки", "Drawdown limit reached"),
        _ => words.Say("Минусы подряд: делаем паузу", "A losing streak: pause"),
    };

    private string Measured(Wording words)
    {
        if (!double.IsFinite(Value)) return words.Say("Нет данных: размер потерь", "No data: size of the loss");
        return Cause == ProtectionCause.LosingStreak
            ? words.Say(
                $"Подряд в минус: {words.Count((long)Value, Noun.Trade)}", $"Lost in a row: {words.Count((long)Value, Noun.Trade)}")
            : words.Say("Сейчас ", "Now ") + Wording.Change(-Value)
                + (double.IsFinite(Limit) ? words.Say(", предел ", ", the limit is ") + Wording.Change(-Limit) : "");
    }

    private string Until(Wording words) => UntilMs is { } until ? words.Say(" до ", " until ") + Wording.Bold(words.Moment(until)) : "";

    private string Unprotected(Wording words) => new MessageText()
        .Add($"🚨 {Wording.Bold(Wording.Text(Symbol, 30) + words.Say(": позиция без стопа", ": a position without a stop"))}")
        .Add(
            words.Say("Ставим стоп заново", "The stop is being placed again"),
            words.Say("Не встанет за 5 с — закроем позицию по рынку", "If it does not stand within 5 s, the position is closed at market"))
        .Add(words.Say("Проверьте позицию на бирже", "Look at the position on the exchange"))
        .Add($"{words.Moment(AtMs)} · /status")
        .ToString();
}
