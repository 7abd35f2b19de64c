namespace FuturesBot.Domain.Reporting;

/// <summary>The limit entry was not reached in time.</summary>
public sealed record EntryExpiredMessage(SignalFacts Facts, long AtMs) : IMessage
{
    public string Html(Wording words)
    {
        var plan = Facts.Plan;
        var price = SignalLines.Price(plan, plan.Entry);
        var candles = words.Count(plan.ExpiryBars, Noun.CandleAwaited);
        return new MessageText()
            .Add(SignalLines.Title("⌛", plan, words.Say("входа не дождались", "the entry was not reached")), SignalLines.Subtitle(plan, words))
            .Add(
                plan.ExpiryBars > 0
                    ? words.Say($"Ждали {candles}, цена не дошла до {price}", $"Price did not reach {price} within {words.Count(plan.ExpiryBars, Noun.Candle)}")
                    : words.Say($"Цена не дошла до {price}", $"Price did not reach {price}"),
                words.Say("Заявку сняли, счёт не изменился", "The order is withdrawn, the account is unchanged"))
            .Add(SignalLines.Footer(plan, AtMs, words))
            .ToString();
    }
}
